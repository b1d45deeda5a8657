import type { FolderPath } from "../../../shared/contract/ids.ts";
import type { FolderStatus, MailSession } from "../../../shared/ports/mail-server.ts";
import type { AppendScope } from "./append-over.ts";
import { askStatuses } from "./ask-statuses.ts";
import { currentStatus } from "./folder-status.ts";

type StatusScope = Pick<AppendScope, "connection" | "selection" | "turns">;

interface Waiting {
  readonly path: FolderPath;
  readonly take: (status: Promise<FolderStatus | null>) => void;
}

const nothing: ReadonlyMap<FolderPath, FolderStatus> = new Map();

/** STATUS of a session. What is asked for while another question waits for its turn goes out together in the next one. */
export const statusOver = ({ connection, selection, turns }: StatusScope): MailSession["folderStatus"] => {
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
  return async (path) => {
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
};

/** A name that is the same in modified UTF-7 and in UTF-8. */
const plainName = /^[\x20-\x25\x27-\x7e]+$/;
