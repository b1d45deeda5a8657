import { forEachBounded } from "../accounts/for-each-bounded.ts";
import type { Account, AccountState, MailboxTotals } from "../contract/account.ts";
import { isMailferryError, MailferryError } from "../contract/errors.ts";
import type { PassNumber } from "../contract/ids.ts";
import type { BatchRecord, FolderRecord, FolderSummary } from "../contract/mailbox.ts";
import { toStoredError } from "../contract/stored-error.ts";
import { isSkipped } from "../folders/folder-profile.ts";
import { planFolders } from "../folders/plan-folders.ts";
import type { ListedFolder, SurveyedFolder } from "../ports/mail-server.ts";
import { type CompletedFolder, completeFolder } from "./complete-folder.ts";
import type { MailboxRecords } from "./mailbox-records.ts";
import { openTarget } from "./open-targets.ts";
import { isFinished } from "./progress.ts";
import { Room } from "./room.ts";
import type { SeenMessages } from "./seen-messages.ts";
import type { Sessions } from "./sessions.ts";
import { SharedBatches } from "./shared-batches.ts";
import { sourceArchive, unlessChanged } from "./source-archive.ts";
import { copiedBytes, copiedEver, verificationOf } from "./tally-totals.ts";
import type { WorkerPorts } from "./worker-ports.ts";

/**
 * Folders that are completed side by side, and messages of theirs: what they ask of the servers goes out together, and the metadata of so
 * many messages are held at a time.
 */
const atOnce = { pieces: 32, weight: 48_000 } as const;
/** No more messages of a folder are looked at at a time, in three parts. */
const mostOfFolder = 6_000;

/** How a pass over one mailbox ended. */
export interface MailboxEnd {
  readonly state: Extract<AccountState, { status: "completed" | "failed" }>;
  readonly totals: MailboxTotals | null;
  readonly copiedEver: number;
}

export interface CompletionScope {
  readonly account: Account;
  readonly pass: PassNumber;
  /** Whether members work at the target already, so that what differs there may be their doing. */
  readonly peopleAtTarget: boolean;
  /** Whether the octets of all messages are compared, or those of a few of each folder. */
  readonly verify: "sample" | "full";
  readonly deletions: "ignore" | "propagate";
}

/** What a visit that completes a pass has found at the source. */
export interface Found {
  /** The folders, as they were found when nothing was left to be read; null where they are to be looked for. */
  readonly survey?: readonly SurveyedFolder[] | null;
  readonly seen?: SeenMessages;
}

/**
 * Ends a pass over a mailbox: flags that changed are brought over, what came is compared on both sides, the sums are
 * drawn. A mailbox whose sums have a remainder, or with a folder that could not be opened or was replaced, has failed; the
 * folders that are in order are summed up all the same. `found` is what the same visit has found out before.
 */
export const completeMailbox = async (
  app: Pick<WorkerPorts, "clock" | "mailboxes">,
  sessions: Sessions,
  scope: CompletionScope,
  { folders: records, batches, summaries }: MailboxRecords,
  { survey, seen }: Found = {},
): Promise<MailboxEnd> => {
  const { account, pass } = scope;
  const ever = Math.max(account.copiedEver, copiedEver(batches));
  const unfinished = batches.filter((batch) => !isFinished(batch)).length;
  if (unfinished > 0) {
    const reason = "their turn never came";
    const evidence = { count: unfinished, mailbox: account.address, reason };
    return end(app, pass, new MailferryError("BatchesUnfinished", evidence), null, ever);
  }
  const listed = (survey ?? (await sessions.source.survey())).filter(({ selectable }) => selectable);
  const archive = await sourceArchive(sessions, listed);
  const shared = new SharedBatches(app.mailboxes, batches);
  const folders: (CompletedFolder | MailferryError | null)[] = [];
  const room = new Room(atOnce);
  await forEachBounded([...listed.entries()], atOnce.pieces, async ([index, { path, status: surveyed }]) => {
    const record = records.find(({ sourcePath }) => sourcePath === path);
    if (record === undefined) return;
    const taken = { pieces: 1, weight: Math.min(surveyed?.messages ?? mostOfFolder, mostOfFolder) };
    const previous = summaries.find(({ sourcePath }) => sourcePath === path) ?? null;
    const before = {
      ...{ record: unlessChanged(record, archive), previous, batches, shared, surveyed, seen },
      archive: path === archive?.path ? archive : null,
    };
    await room.enter(taken);
    try {
      folders[index] = await orFailure(() => completeFolder(app, sessions, scope, before));
    } finally {
      room.leave(taken);
    }
  });
  const failures: MailferryError[] = [];
  const completed: FolderSummary[] = [];
  for (const folder of folders) {
    if (folder instanceof MailferryError) failures.push(folder);
    else if (folder) {
      completed.push(folder.summary);
      if (folder.failure !== null) failures.push(folder.failure);
    }
  }
  failures.push(...(await unmetFolders(sessions, account.address, listed, records)));
  if (archive === null && sessions.profiles.source.archive !== null) {
    failures.push(new MailferryError("ArchiveHidden", { mailbox: account.address }));
  }
  const totals = sumOf(completed, records, batches);
  const [failure] = failures;
  if (failure !== undefined) {
    // What turned out to be missing was taken out of the records: it will be copied, and counted, again.
    const there = Math.max(account.copiedEver, copiedEver(await app.mailboxes.batches(account)));
    return end(app, pass, failure, totals, there);
  }
  const copiedInPass = ever - account.copiedEver;
  return {
    state: { status: "completed", pass, since: app.clock.now(), copiedInPass },
    totals,
    copiedEver: ever,
  };
};

const end = (
  { clock }: Pick<WorkerPorts, "clock">,
  pass: PassNumber,
  failure: MailferryError,
  totals: MailboxTotals | null,
  ever: number,
): MailboxEnd => ({
  state: { status: "failed", pass, since: clock.now(), error: toStoredError(failure) },
  totals,
  copiedEver: ever,
});

/**
 * Folders the plan could not open or make: asked again, the server says why. Where it says nothing, they can be opened by now, or came in
 * meanwhile: the next pass's affair, but a pass that has left mail behind must not pass for complete.
 */
const unmetFolders = async (
  sessions: Sessions,
  mailbox: string,
  listed: readonly ListedFolder[],
  records: readonly FolderRecord[],
): Promise<readonly MailferryError[]> => {
  const settled = new Map(records.map(({ sourcePath, targetPath }) => [sourcePath, targetPath]));
  const isSettled = (folder: ListedFolder) =>
    settled.has(folder.path) || isSkipped(folder, sessions.profiles.source);
  if (listed.every(isSettled)) return [];
  const planned = planFolders(listed, await sessions.target.listFolders(), settled, sessions.profiles);
  const failures: MailferryError[] = [];
  for (const folder of planned) {
    const status = await orFailure(() => sessions.source.folderStatus(folder.source.path));
    const made = status === null ? null : await orFailure(() => openTarget(sessions, folder));
    const refused = [status, made].filter((outcome) => outcome instanceof MailferryError);
    failures.push(...refused);
    if (refused.length > 0 || status === null || status instanceof MailferryError) continue;
    const { messages: count } = status;
    const evidence = { folder: folder.source.path, mailbox, count };
    if (count > 0) failures.push(new MailferryError("FolderLate", evidence));
  }
  return failures;
};

const orFailure = async <Result>(work: () => Promise<Result>): Promise<Result | MailferryError> => {
  try {
    return await work();
  } catch (thrown) {
    if (isMailferryError(thrown, "FolderUnusable", "FolderReplaced")) return thrown;
    throw thrown;
  }
};

const sumOf = (
  summaries: readonly FolderSummary[],
  records: readonly FolderRecord[],
  batches: readonly BatchRecord[],
): MailboxTotals => {
  const sum = (pick: (summary: FolderSummary) => number): number =>
    summaries.reduce((total, summary) => total + pick(summary), 0);
  return {
    messages: {
      source: sum(({ source }) => source),
      copied: sum(({ copied }) => copied),
      alreadyThere: sum(({ alreadyThere }) => alreadyThere),
      refused: sum(({ refused }) => refused),
    },
    bytes: {
      source: sum(({ bytes }) => bytes),
      copied: sum((summary) => copiedBytes(summary, records, batches)),
    },
    ...verificationOf(summaries),
  };
};
