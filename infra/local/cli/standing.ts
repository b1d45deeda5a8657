import type { Account } from "../../../shared/contract/account.ts";
import type { Language } from "../../../shared/contract/errors.ts";
import type { Migration, MxObservation } from "../../../shared/contract/migration.ts";
import type { WaitingReason } from "../../../shared/contract/pace.ts";
import { phaseNameOf } from "./phase-names.ts";
import { awaited, standingPhrases } from "./standing-phrases.ts";

/** Whether a mailbox is being copied right now. */
export const isActive = ({ state }: Account): boolean =>
  state.status === "copying" && state.planned !== undefined;

/** One mailbox under way, with a bar. */
export const accountLine = ({ address, state }: Account): string => {
  if (state.status !== "copying") return `  ${address}`;
  const total = state.planned?.messages ?? 0;
  const filled = total === 0 ? 10 : Math.round((10 * state.done.messages) / total);
  return `  ${"█".repeat(filled)}${"░".repeat(10 - filled)} ${state.done.messages}/${total} ${address}  ${state.folder ?? ""}`;
};

/** How a migration stands, in one line. */
export const headline = (migration: Migration, accounts: readonly Account[], language: Language): string => {
  const pass = "pass" in migration ? standingPhrases.pass(migration.pass)[language] : "";
  const mailboxes = accounts.length === 0 ? "" : mailboxesNow(accounts, language);
  return `${phaseNameOf(migration, language)}${pass}${mailboxes}${waits(accounts, language)}${dissent(migration, language)}`;
};

const mailboxesNow = (accounts: readonly Account[], language: Language): string => {
  const count = (status: Account["state"]["status"]) =>
    accounts.filter(({ state }) => state.status === status).length;
  const { copied, planned } = messagesNow(accounts);
  const [copying, failed, notStarted] = [count("copying"), count("failed"), count("notStarted")];
  return [
    standingPhrases.completed(count("completed"), accounts.length),
    ...(copying === 0 ? [] : [standingPhrases.copying(copying)]),
    ...(failed === 0 ? [] : [standingPhrases.failed(failed)]),
    ...(notStarted === 0 ? [] : [standingPhrases.notStarted(notStarted)]),
    standingPhrases.messages(copied, planned),
  ]
    .map((phrase) => phrase[language])
    .join("");
};

/** How many mailboxes wait, and for what: nothing is wrong with them, and nothing would seem to happen. */
const waits = (accounts: readonly Account[], language: Language): string => {
  const numbers = new Map<WaitingReason, number>();
  for (const { state } of accounts) {
    const reason = state.status === "copying" ? state.waiting?.reason : undefined;
    if (reason !== undefined) numbers.set(reason, (numbers.get(reason) ?? 0) + 1);
  }
  return [...numbers]
    .map(([reason, number]) => standingPhrases.waiting(number, awaited[reason])[language])
    .join("");
};

/** Messages copied and planned in the present pass. */
export const messagesNow = (accounts: readonly Account[]): { copied: number; planned: number } => {
  let copied = 0;
  let planned = 0;
  for (const { state } of accounts) {
    if (state.status === "copying") {
      copied += state.done.messages;
      planned += state.planned?.messages ?? 0;
    } else if (state.status === "completed") {
      copied += state.copiedInPass;
      planned += state.copiedInPass;
    }
  }
  return { copied, planned };
};

/** What keeps the switch waiting, server by server; empty when nothing is known to. */
const dissent = (migration: Migration, language: Language): string => {
  if (migration.phase !== "switch" || migration.switch.stage !== "awaitingMx") return "";
  const verdict = migration.switch.lastVerdict;
  if (verdict?.verdict !== "disagreed") return "";
  const { dissent: phrase } = standingPhrases;
  return phrase(verdict.dissenting.map((observation) => said(observation, language)))[language];
};

const said = (observation: MxObservation, language: Language): string => {
  if (observation.answer === "none") return standingPhrases.silent(observation)[language];
  const records = observation.records.map(({ preference, exchange }) => `${preference} ${exchange}`);
  return standingPhrases.records(observation.server, records.join(", "))[language];
};
