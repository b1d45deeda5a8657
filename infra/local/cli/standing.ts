import type { Account } from "../../../shared/contract/account.ts";
import type { Migration, MxObservation } from "../../../shared/contract/migration.ts";
import type { WaitingReason } from "../../../shared/contract/pace.ts";

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
export const headline = (migration: Migration, accounts: readonly Account[]): string => {
  const count = (status: Account["state"]["status"]) =>
    accounts.filter(({ state }) => state.status === status).length;
  const { copied, planned } = messagesNow(accounts);
  const pass = "pass" in migration ? `, pass ${migration.pass.number} (${migration.pass.kind})` : "";
  const problems = [
    [count("failed"), "failed"],
    [count("notStarted"), "not started"],
  ]
    .filter(([number]) => number !== 0)
    .map(([number, what]) => `, ${number} ${what}`)
    .join("");
  const mailboxes = `: ${count("completed")} of ${accounts.length} mailboxes complete${problems}; ${copied} of ${planned} messages`;
  return `${migration.phase}${pass}${accounts.length === 0 ? "" : mailboxes}${waits(accounts)}${dissent(migration)}`;
};

const awaited: Readonly<Record<WaitingReason, string>> = {
  window: "their hours",
  connections: "a free connection",
  dailyBytes: "the next day's amount",
  serverBusy: "a busy server",
};

/** How many mailboxes wait, and for what: nothing is wrong with them, and nothing would seem to happen. */
const waits = (accounts: readonly Account[]): string => {
  const numbers = new Map<WaitingReason, number>();
  for (const { state } of accounts) {
    const reason = state.status === "copying" ? state.waiting?.reason : undefined;
    if (reason !== undefined) numbers.set(reason, (numbers.get(reason) ?? 0) + 1);
  }
  return [...numbers].map(([reason, number]) => `; ${number} waiting for ${awaited[reason]}`).join("");
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
const dissent = (migration: Migration): string => {
  if (migration.phase !== "switch" || migration.switch.stage !== "awaitingMx") return "";
  const verdict = migration.switch.lastVerdict;
  if (verdict?.verdict !== "disagreed") return "";
  return `; the MX is not yet as expected: ${verdict.dissenting.map(said).join("; ")}`;
};

const said = (observation: MxObservation): string =>
  `${observation.server} ${observation.answer === "none" ? observation.reason : `has ${observation.records.map(({ preference, exchange }) => `${preference} ${exchange}`).join(", ")}`}`;
