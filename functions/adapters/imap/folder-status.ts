import type { ImapFlow, StatusObject } from "imapflow";
import { isMailferryError, MailferryError } from "../../../shared/contract/errors.ts";
import { type FolderPath, UidValidity } from "../../../shared/contract/ids.ts";
import type { FolderStatus } from "../../../shared/ports/mail-server.ts";
import type { Connection } from "./connection.ts";
import { commandFailure, readFailure } from "./failure.ts";
import { requireConnected } from "./require-connected.ts";
import type { Selection } from "./selection.ts";

/** What is asked of a folder; imapflow leaves HIGHESTMODSEQ out where the server has no CONDSTORE. */
export const statusItems = { messages: true, uidNext: true, uidValidity: true, highestModseq: true } as const;

/**
 * STATUS of a folder. imapflow answers `false` for every failure but "no such folder", a lost connection included: which it
 * was shows in the connection and in the code of the refusal.
 */
export const folderStatus = async (
  connection: Connection,
  path: FolderPath,
): Promise<FolderStatus | null> => {
  const { server, mailbox } = connection;
  const { side, host } = server;
  const refusal = connection.watchRefusals();
  const status = await orMissing(connection, path);
  const code = refusal();
  if (status === "missing") return null;
  if (status === false) {
    requireConnected(connection, "STATUS");
    const words = `STATUS was refused${code === null ? "" : ` with ${code}`}`;
    if (code === "UNAVAILABLE" || code === "LIMIT" || code === "INUSE") {
      throw new MailferryError("ServerBusy", { side, host, words });
    }
    throw new MailferryError("FolderUnusable", { folder: path, mailbox, side, words });
  }
  const read = statusOf(status);
  if (read !== null) return read;
  const what = `STATUS of ${path} lacks UIDVALIDITY, UIDNEXT or MESSAGES`;
  throw new MailferryError("ServerAnswerUnusable", { side, host, what });
};

/**
 * The same of a folder that may be open. A STATUS of that one may tell what was known when it was opened (RFC 3501 §6.3.10; Dovecot
 * does so for as long as it stays open), so it is opened anew.
 */
export const currentStatus = async (
  connection: Connection,
  selection: Selection,
  path: FolderPath,
): Promise<FolderStatus | null> => {
  const opened = selection.isOpen(path) ? await openAnew(connection, selection, path) : null;
  return opened ?? folderStatus(connection, path);
};

/** Null where the folder cannot be opened or the server leaves something out: its STATUS says more. */
const openAnew = async (
  { client }: Connection,
  selection: Selection,
  path: FolderPath,
): Promise<FolderStatus | null> => {
  try {
    const { exists, noModseq, ...opened } = await selection.toRead(path, { fresh: true });
    const { highestModseq = noModseq === true ? 0n : undefined } = opened;
    return openedStatus(client, { ...opened, messages: exists, highestModseq });
  } catch (thrown) {
    if (isMailferryError(thrown, "FolderUnusable")) return null;
    throw thrown;
  }
};

type Told = Pick<StatusObject, "uidValidity" | "uidNext" | "messages" | "highestModseq">;

/** What a folder's opening tells of it; null when something is missing, mod-sequences included where the server keeps them. */
export const openedStatus = (
  { capabilities }: Pick<ImapFlow, "capabilities">,
  { highestModseq, ...opened }: Omit<Told, "highestModseq"> & { readonly highestModseq: bigint | undefined },
): FolderStatus | null => {
  if (!capabilities.has("CONDSTORE")) return statusOf(opened);
  return highestModseq === undefined ? null : statusOf({ ...opened, highestModseq });
};

/** A STATUS as imapflow read it; null when something is missing in it. */
export const statusOf = (status: Told | undefined): FolderStatus | null => {
  const { uidValidity, uidNext, messages, highestModseq } = status ?? {};
  if (uidValidity === undefined || uidNext === undefined || messages === undefined) return null;
  return {
    uidValidity: UidValidity.parse(uidValidity.toString()),
    uidNext,
    messages,
    // Zero stands for a folder that keeps no mod-sequences (RFC 7162 §3.1.2.2).
    highestModseq: highestModseq === undefined || highestModseq === 0n ? null : highestModseq.toString(),
  };
};

const orMissing = async ({ client, server }: Connection, path: FolderPath) => {
  try {
    return await client.status(path, statusItems);
  } catch (thrown) {
    if (readFailure(thrown).code === "NotFound") return "missing" as const;
    throw commandFailure(server, thrown);
  }
};
