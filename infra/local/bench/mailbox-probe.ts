import { z } from "zod";
import { imapMailServers } from "../../../functions/adapters/imap/mail-servers.ts";
import { Account } from "../../../shared/contract/account.ts";
import { FolderPath, PassNumber, Timestamp } from "../../../shared/contract/ids.ts";
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

/**
 * A process of its own, so that time and memory are the engine's alone: makes three passes over one mailbox, each from plan to
 * verification in one visit as the worker does it, with new mail before the last, and prints what they took.
 */
const Place = z.object({ host: z.string(), port: z.number() });
const Asked = z.object({
  source: Place,
  target: Place,
  user: z.string(),
  password: z.string(),
  newMessages: z.number(),
});

const asked = Asked.parse(JSON.parse(process.argv[2] ?? ""));
const { user, password } = asked;
const mailServers = imapMailServers();
const now = (): Timestamp => Timestamp.parse(new Date().toISOString());

const within = async <Result>(use: (sessions: Sessions) => Promise<Result>): Promise<Result> => {
  const enter = (side: Side) =>
    mailServers.enter(
      { side, ...asked[side], tls: "none", connections: 4 },
      { mailbox: user, user, password },
    );
  const [source, target] = await Promise.all([enter("source"), enter("target")]);
  try {
    return await use({ source, target, profiles: plainProfiles });
  } finally {
    await Promise.all([source.leave(), target.leave()]);
  }
};

const account = Account.parse({
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
const stored = new RecordsInMemory(account);
const app = { accounts: stored, mailboxes: stored, clock: { now } };

const makePass = async (number: number): Promise<MailboxEnd> => {
  const pass = PassNumber.parse(number);
  const settings = { peopleAtTarget: false, verify: "sample", deletions: "ignore" } as const;
  const scope = { account: await stored.get(), pass, ...settings };
  const isDue = async (): Promise<boolean> => true;
  const targetHost = asked.target.host;
  return within(async (sessions) => {
    const records = readRecords(app, scope.account);
    const first = new FirstReading(sessions.source);
    const planning = {
      ...{ ...scope, refusedOnly: false, records, isCopiedAtOnce: async () => true },
      whenFormed: (...batch: Parameters<FirstReading["begin"]>) => first.begin(...batch),
    };
    const { survey, seen, ...planned } = await planMailbox(app, sessions, planning);
    const known = { ...(await records), ...planned };
    if (planned.batches.every(isFinished)) return completeMailbox(app, sessions, scope, known, { survey });
    const plan = { ...scope, ...planned, targetHost, isDue, completes: true, first, seen };
    const read = Promise.withResolvers<readonly SurveyedFolder[]>();
    const batches = await copyPlanned(app, sessions, {
      ...plan,
      beforeChunk: () => undefined,
      whenRead: () => read.resolve(sessions.source.survey()),
    });
    const found = { seen, survey: await read.promise };
    return completeMailbox(app, sessions, scope, { ...known, batches }, found);
  });
};

const timed = async (number: number): Promise<{ readonly seconds: number; readonly end: MailboxEnd }> => {
  const started = performance.now();
  const end = await makePass(number);
  return { seconds: (performance.now() - started) / 1_000, end };
};

let peak = 0;
const watching = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss());
}, 20);
const first = await timed(1);
const second = await timed(2);
await within(async ({ source }) => {
  const messages = Array.from({ length: asked.newMessages }, (_, index) => ({
    raw: new TextEncoder().encode(`Subject: new ${index}\r\n\r\n${"new mail\r\n".repeat(500)}`),
    flags: [],
    internalDate: now(),
  }));
  await source.append(FolderPath.parse("INBOX"), messages);
});
const third = await timed(3);
clearInterval(watching);
process.stdout.write(
  `${JSON.stringify({
    firstSeconds: first.seconds,
    secondSeconds: second.seconds,
    peakMegabytes: peak / 1_000_000,
    thirdSeconds: third.seconds,
    status: third.end.state.status,
    verification: third.end.totals?.verification,
  })}\n`,
);
