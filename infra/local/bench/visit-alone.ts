import { z } from "zod";
import { imapMailServers } from "../../../functions/adapters/imap/mail-servers.ts";
import { Account } from "../../../shared/contract/account.ts";
import { PassNumber, Timestamp } from "../../../shared/contract/ids.ts";
import { completeMailbox, type MailboxEnd } from "../../../shared/copy/complete-mailbox.ts";
import { copyPlanned } from "../../../shared/copy/copy-planned.ts";
import { FirstReading } from "../../../shared/copy/first-reading.ts";
import { readRecords } from "../../../shared/copy/mailbox-records.ts";
import { planMailbox } from "../../../shared/copy/plan-mailbox.ts";
import { isFinished } from "../../../shared/copy/progress.ts";
import type { Sessions } from "../../../shared/copy/sessions.ts";
import { plainProfiles } from "../../../shared/folders/folder-profile.ts";
import type { Side, SurveyedFolder } from "../../../shared/ports/mail-server.ts";
import { RecordsInMemory } from "./records-in-memory.ts";

const Access = z.object({ host: z.string(), port: z.number(), password: z.string() });

/** A mailbox that the engine is to copy without a pipeline, and over how many connections to its target. */
export const MailboxAlone = z.object({
  user: z.string(),
  source: Access,
  target: Access,
  connections: z.number(),
});
export type MailboxAlone = z.infer<typeof MailboxAlone>;

const mailServers = imapMailServers();

/** Enters the mailbox at both ends as a worker does, and leaves it whatever happens. */
export const within = async <Result>(
  { user, connections, ...ends }: MailboxAlone,
  use: (sessions: Sessions) => Promise<Result>,
): Promise<Result> => {
  const enter = (side: Side) => {
    const { host, port, password } = ends[side];
    return mailServers.enter(
      { side, host, port, tls: "none", connections },
      { mailbox: user, user, password },
    );
  };
  const [source, target] = await Promise.all([enter("source"), enter("target")]);
  try {
    return await use({ source, target, profiles: plainProfiles });
  } finally {
    await Promise.all([source.leave(), target.leave()]);
  }
};

/**
 * Makes passes over one mailbox, each from plan to verification in one visit as the worker does it, with its records in memory.
 * `whenCopied` is told when all of a pass is at the target and its verification begins.
 */
export const visitsAlone = (
  mailbox: MailboxAlone,
  whenCopied: () => void = () => undefined,
): ((number: number) => Promise<MailboxEnd>) => {
  const stored = new RecordsInMemory(accountOf(mailbox));
  const app = { accounts: stored, mailboxes: stored, clock: { now } };
  return async (number) => {
    const settings = { peopleAtTarget: false, verify: "sample", deletions: "ignore" } as const;
    const scope = { account: await stored.get(), pass: PassNumber.parse(number), ...settings };
    return within(mailbox, async (sessions) => {
      const records = readRecords(app, scope.account);
      const first = new FirstReading(sessions.source);
      const { survey, seen, ...planned } = await planMailbox(app, sessions, {
        ...{ ...scope, refusedOnly: false, records, isCopiedAtOnce: async () => true },
        whenFormed: (...batch) => first.begin(...batch),
      });
      const known = { ...(await records), ...planned };
      if (planned.batches.every(isFinished)) return completeMailbox(app, sessions, scope, known, { survey });
      const read = Promise.withResolvers<readonly SurveyedFolder[]>();
      const batches = await copyPlanned(app, sessions, {
        ...{ ...scope, ...planned, targetHost: mailbox.target.host, completes: true, first, seen },
        isDue: async () => true,
        beforeChunk: () => undefined,
        whenRead: () => read.resolve(sessions.source.survey()),
      });
      whenCopied();
      const found = { seen, survey: await read.promise };
      return completeMailbox(app, sessions, scope, { ...known, batches }, found);
    });
  };
};

export const now = (): Timestamp => Timestamp.parse(new Date().toISOString());

const accountOf = ({ user }: MailboxAlone): Account =>
  Account.parse({
    kind: "public",
    migrationId: "bench-0000",
    address: user,
    target: user,
    name: user,
    importedAt: now(),
    state: { status: "notStarted", reason: { kind: "historyNotBegun" } },
    copiedEver: 0,
    users: [],
  });
