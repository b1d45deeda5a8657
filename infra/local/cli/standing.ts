import type { Account } from "../../../shared/contract/account.ts";
import type { Language } from "../../../shared/contract/errors.ts";
import type { Migration, MxObservation } from "../../../shared/contract/migration.ts";
import type { WaitingReason } from "../../../shared/contract/pace.ts";
import type { ReportDocument } from "../../../shared/report/report-document.ts";
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

/** How many mailboxes there are, how they stand, and how far the present pass has come with their messages. */
export interface Mailboxes extends Pick<ReportDocument, "accounts"> {
  readonly messages: { readonly copied: number; readonly planned: number };
  /** Nothing is wrong with those that wait, and nothing would seem to happen. */
  readonly waiting: ReadonlyMap<WaitingReason, number>;
}

/** How these accounts stand at the moment. */
export const mailboxesOf = (accounts: readonly Account[]): Mailboxes => {
  const counts = { total: accounts.length, completed: 0, failed: 0, notStarted: 0, copying: 0 };
  const waiting = new Map<WaitingReason, number>();
  for (const { state } of accounts) {
    counts[state.status] += 1;
    const reason = state.status === "copying" ? state.waiting?.reason : undefined;
    if (reason !== undefined) waiting.set(reason, (waiting.get(reason) ?? 0) + 1);
  }
  return { accounts: counts, messages: messagesNow(accounts), waiting };
};

/** How they stood when everything that was waited for had come about, as the report has it. */
export const mailboxesAtEnd = (
  migration: Migration,
  { accounts }: Pick<ReportDocument, "accounts">,
): Mailboxes => {
  const copied = ("pass" in migration ? migration.pass.copied : undefined) ?? 0;
  return { accounts, messages: { copied, planned: copied }, waiting: new Map() };
};

/** How a migration stands, in one line. */
export const headline = (migration: Migration, mailboxes: Mailboxes, language: Language): string => {
  const pass = "pass" in migration ? standingPhrases.pass(migration.pass)[language] : "";
  const theirs = mailboxes.accounts.total === 0 ? "" : mailboxesNow(mailboxes, language);
  return `${phaseNameOf(migration, language)}${pass}${theirs}${dissent(migration, language)}`;
};

const mailboxesNow = ({ accounts, messages, waiting }: Mailboxes, language: Language): string => {
  const { total, completed, copying, failed, notStarted } = accounts;
  return [
    standingPhrases.completed(completed, total),
    ...(copying === 0 ? [] : [standingPhrases.copying(copying)]),
    ...(failed === 0 ? [] : [standingPhrases.failed(failed)]),
    ...(notStarted === 0 ? [] : [standingPhrases.notStarted(notStarted)]),
    standingPhrases.messages(messages.copied, messages.planned),
    ...[...waiting].map(([reason, number]) => standingPhrases.waiting(number, awaited[reason])),
  ]
    .map((phrase) => phrase[language])
    .join("");
};

/** Messages copied and planned in the present pass. */
const messagesNow = (accounts: readonly Account[]): Mailboxes["messages"] => {
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
