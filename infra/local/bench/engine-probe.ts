import { z } from "zod";
import { imapMailServers } from "../../../functions/adapters/imap/mail-servers.ts";
import { FolderPath } from "../../../shared/contract/ids.ts";
import type { BatchPart } from "../../../shared/contract/mailbox.ts";
import { wayToTarget } from "../../../shared/copy/appends-under-way.ts";
import { copyPart } from "../../../shared/copy/copy-part.ts";
import { formBatches } from "../../../shared/copy/form-batches.ts";
import { readPart } from "../../../shared/copy/read-part.ts";
import type { Sessions } from "../../../shared/copy/sessions.ts";
import { countMapped } from "../../../shared/copy/uid-map.ts";
import { emptyUidSet, uidRange } from "../../../shared/copy/uid-set.ts";
import { plainProfiles } from "../../../shared/folders/folder-profile.ts";
import type { FolderStatus, MailSession, Side } from "../../../shared/ports/mail-server.ts";

/**
 * A process of its own, so that time and memory are the engine's alone: copies the INBOX of each mailbox, all mailboxes at once,
 * batch by batch in one visit as the worker does, and prints what it took.
 */
const Access = z.object({ host: z.string(), port: z.number(), password: z.string() });
const Asked = z.object({
  connections: z.number(),
  mailboxes: z.array(z.object({ user: z.string(), source: Access, target: Access })),
});
type Mailbox = z.infer<typeof Asked>["mailboxes"][number];

const asked = Asked.parse(JSON.parse(process.argv[2] ?? ""));
const inbox = FolderPath.parse("INBOX");
const mailServers = imapMailServers();

const within = async <Result>(
  mailbox: Mailbox,
  use: (sessions: Sessions) => Promise<Result>,
): Promise<Result> => {
  const enter = (side: Side) => {
    const { host, port, password } = mailbox[side];
    const { user } = mailbox;
    const server = { side, host, port, tls: "none", connections: asked.connections } as const;
    return mailServers.enter(server, { mailbox: user, user, password });
  };
  const [source, target] = await Promise.all([enter("source"), enter("target")]);
  try {
    return await use({ source, target, profiles: plainProfiles });
  } finally {
    await Promise.all([source.leave(), target.leave()]);
  }
};

const copyMailbox = (mailbox: Mailbox): Promise<number> =>
  within(mailbox, async (sessions) => {
    const { source, target } = sessions;
    const [status, targetAtFirst] = await Promise.all([inboxOf(source), inboxOf(target)]);
    source.prepare(status.messages);
    target.prepare(status.messages);
    const messages = await source.sizes(inbox, uidRange(1, status.uidNext - 1));
    const batches = formBatches([
      { sourcePath: inbox, sourceUidValidity: status.uidValidity, targetPath: inbox, messages },
    ]);
    let copied = 0;
    for (const [index, part] of batches.flat().entries()) {
      const targetNow = index === 0 ? targetAtFirst : await inboxOf(target);
      copied += await copyOne(sessions, part, targetNow, mailbox.target.host);
    }
    return copied;
  });

const inboxOf = async (session: MailSession): Promise<FolderStatus> => {
  const status = await session.folderStatus(inbox);
  if (status === null) throw new Error("There is no INBOX.");
  return status;
};

const copyOne = async (
  sessions: Sessions,
  part: BatchPart,
  { uidValidity, uidNext }: FolderStatus,
  targetHost: string,
): Promise<number> => {
  const { progress } = await copyPart(
    sessions,
    { ...part, progress: { state: "intended", targetUidValidity: uidValidity, targetUidNext: uidNext } },
    { earlierBelow: 1, claimed: emptyUidSet, targetHost },
    {
      reading: await readPart(sessions.source, part),
      way: wayToTarget(),
      beforeChunk: () => undefined,
      whenRead: () => undefined,
    },
  );
  return countMapped(progress.copied);
};

let peak = 0;
const watching = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss());
}, 20);
const cpuBefore = process.cpuUsage();
const started = performance.now();
const copied = await Promise.all(asked.mailboxes.map(copyMailbox));
const seconds = (performance.now() - started) / 1_000;
const { user, system } = process.cpuUsage(cpuBefore);
clearInterval(watching);
process.stdout.write(
  `${JSON.stringify({
    seconds,
    cpuSeconds: (user + system) / 1_000_000,
    peakMegabytes: peak / 1_000_000,
    messages: copied.reduce((sum, count) => sum + count, 0),
  })}\n`,
);
