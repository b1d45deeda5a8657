import { isMailferryError } from "../../../shared/contract/errors.ts";
import type { FolderPath } from "../../../shared/contract/ids.ts";
import type { FolderStatus, MailSession } from "../../../shared/ports/mail-server.ts";
import type { AppendScope } from "./append-over.ts";
import { askStatuses } from "./ask-statuses.ts";
import { currentStatus, openedStatus } from "./folder-status.ts";
import type { Readers } from "./readers.ts";

type StatusScope = Pick<AppendScope, "connection" | "selection" | "turns"> & { readonly readers: Readers };

interface Waiting {
  readonly path: FolderPath;
  readonly take: (status: Promise<FolderStatus | null>) => void;
}

const nothing: ReadonlyMap<FolderPath, FolderStatus> = new Map();

/**
 * The status of a folder. It is opened for it along with whatever is read in the same turn, before that; the first question of all, which
 * goes out with the session's opening, and what opening does not tell is asked for by STATUS. What is asked for so while another question
 * waits for its turn goes out together in the next one.
 */
export const statusOver = (scope: StatusScope): MailSession["folderStatus"] => {
  const { connection, selection, turns } = scope;
  const ask = (path: FolderPath) => currentStatus(connection, selection, path);
  let isAsking = false;
  let waiting: readonly Waiting[] = [];
  const takeAll = (): readonly Waiting[] => {
    const those = waiting;
    waiting = [];
    return those;
  };
  const askTogether = async (): Promise<void> => {
    const those = takeAll();
    const paths = those.map(({ path }) => path);
    // Of a single one nothing is gained.
    const asked = paths.length < 2 ? Promise.resolve(nothing) : askStatuses(connection, selection, paths);
    // A failure is everybody's, and nobody must be left waiting.
    for (const { path, take } of those) {
      const answer = asked.then((statuses) => statuses.get(path) ?? ask(path));
      take(answer);
      await answer.catch(() => undefined);
    }
  };
  const refuseAll = (thrown: unknown): void => {
    for (const { take } of takeAll()) take(Promise.reject(thrown));
  };
  const askByStatus = async (path: FolderPath): Promise<FolderStatus | null> => {
    if (!isAsking) {
      isAsking = true;
      try {
        return await (plainName.test(path) ? turns.ask(() => ask(path)) : turns.take(() => ask(path)));
      } finally {
        isAsking = false;
      }
    }
    return new Promise((take) => {
      waiting = [...waiting, { path, take }];
      if (waiting.length === 1) turns.take(askTogether).catch(refuseAll);
    });
  };
  return async (path) => {
    const seen = connection.opening.isDone ? await seenByOpening(scope, path) : null;
    return seen ?? askByStatus(path);
  };
};

/** Null where the server does not open the folder or leaves something out: its STATUS says more. */
const seenByOpening = async (
  { connection: { client }, readers, selection }: StatusScope,
  path: FolderPath,
): Promise<FolderStatus | null> => {
  const reader = await readers.join();
  try {
    const opened = (await reader.fetcher?.status(path)) ?? null;
    return opened === null ? null : openedStatus(client, opened);
  } catch (thrown) {
    if (!isMailferryError(thrown, "FolderUnusable")) throw thrown;
    selection.refused(path);
    return null;
  } finally {
    await reader.leave();
  }
};

/** A name that is the same in modified UTF-7 and in UTF-8. */
const plainName = /^[\x20-\x25\x27-\x7e]+$/;
