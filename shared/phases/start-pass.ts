import type { OperatorAnswer, OperatorCommand } from "../../events/operator-command.ts";
import { allAccounts } from "../accounts/all-accounts.ts";
import { type StartAccountsPorts, startAccounts } from "../accounts/start-accounts.ts";
import type { Account } from "../contract/account.ts";
import type { MailAddress } from "../contract/ids.ts";
import type { Migration } from "../contract/migration.ts";
import { type FanOutPorts, fanOut } from "../passes/fan-out.ts";
import { hasRefused } from "../passes/participation.ts";
import { type PassScope, requestPass } from "../passes/request-pass.ts";

export interface StartPassPorts extends StartAccountsPorts, FanOutPorts {
  readonly accounts: StartAccountsPorts["accounts"] & FanOutPorts["accounts"];
}

type Scope = Pick<Extract<OperatorCommand, { command: "startPass" }>, "only">;

/**
 * 重启: a pass over every account, or over those named. While the present one runs it stands, but what failed in it or did not start
 * begins it once more.
 */
export const startPass = async (
  app: StartPassPorts,
  migration: Migration,
  { only }: Scope,
  remainingMilliseconds: () => number,
): Promise<OperatorAnswer> => {
  const draining = migration.phase === "switch" && migration.switch.stage === "draining";
  const answer = await passOver(
    app,
    migration,
    draining ? "final" : "delta",
    { only },
    remainingMilliseconds,
  );
  return answer.outcome === "standing"
    ? { ...answer, outcome: await restart(app, migration, only ?? [], remainingMilliseconds) }
    : answer;
};

/**
 * Every pass tries refused messages again; this one tries nothing else, in no other mailbox: after a quota was raised or a limit
 * lifted. Always a delta pass, because it does not look for new mail, and so proves no old server empty.
 */
export const retryRefused = async (
  app: StartPassPorts,
  migration: Migration,
  { only }: Scope,
  remainingMilliseconds: () => number,
): Promise<OperatorAnswer> => {
  const isConcerned = (account: Account): boolean =>
    hasRefused(account) && (only === undefined || only.length === 0 || only.includes(account.address));
  for await (const account of allAccounts(app.accounts, migration.migrationId)) {
    if (!isConcerned(account)) continue;
    return passOver(app, migration, "delta", { only, refusedOnly: true }, remainingMilliseconds);
  }
  return { outcome: "nothingRefused" };
};

const passOver = async (
  app: StartPassPorts,
  migration: Migration,
  kind: "delta" | "final",
  scope: PassScope,
  remainingMilliseconds: () => number,
): Promise<OperatorAnswer> => {
  const requested = await requestPass(app, migration.migrationId, kind, scope);
  if (requested === null) return { outcome: "notCopying" };
  await fanOut(app, requested.migration, remainingMilliseconds, requested);
  const { outcome } = requested;
  return { outcome: outcome === "requested" ? "done" : outcome, pass: requested.migration.pass.number };
};

/** Accounts started between two looks at the time. */
const chunkSize = 100;

/** Time kept back to finish a chunk before the Lambda is stopped. */
const reserveMilliseconds = 10_000;

const restart = async (
  app: StartPassPorts,
  { migrationId }: Migration,
  only: readonly MailAddress[],
  remainingMilliseconds: () => number,
): Promise<"done" | "standing" | "unfinished"> => {
  let isAnyStarted = false;
  for await (const addresses of chunksOf(only.length > 0 ? only : stopped(app, migrationId))) {
    if (remainingMilliseconds() < reserveMilliseconds) return "unfinished";
    if ((await startAccounts(app, { migrationId }, addresses)).length > 0) isAnyStarted = true;
  }
  return isAnyStarted ? "done" : "standing";
};

async function* stopped(
  { accounts }: StartPassPorts,
  id: Migration["migrationId"],
): AsyncGenerator<MailAddress> {
  for await (const { address, state } of allAccounts(accounts, id)) {
    if (state.status === "failed" || state.status === "notStarted") yield address;
  }
}

async function* chunksOf(
  addresses: Iterable<MailAddress> | AsyncIterable<MailAddress>,
): AsyncGenerator<readonly MailAddress[]> {
  let chunk: MailAddress[] = [];
  for await (const address of addresses) {
    chunk.push(address);
    if (chunk.length < chunkSize) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
