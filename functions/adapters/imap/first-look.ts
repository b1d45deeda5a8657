import type { FolderPath } from "../../../shared/contract/ids.ts";
import { quietly } from "../../../shared/copy/quietly.ts";
import { uidSetOf } from "../../../shared/copy/uid-set.ts";
import type { AppendOutcome, MailSession } from "../../../shared/ports/mail-server.ts";

/** Where so many messages come in one go, more of them follow. */
const muchInOneGo = 32;

/**
 * Looks at the metadata of the first message that is stored in each folder which much mail goes to. From then on a server that remembers
 * what clients want to know has it at hand for the messages behind it, when all of them are compared: Dovecot keeps dates in its index only
 * of a folder that somebody has asked for one (`dovecot.index.cache`, caching decisions), and otherwise opens the file of each message.
 * Nobody waits for the answer; a connection that ends over it tells so to whoever uses it next.
 */
export const firstLook = (
  metadata: MailSession["metadata"],
): ((path: FolderPath, outcomes: readonly AppendOutcome[]) => void) => {
  const seen = new Set<FolderPath>();
  return (path, outcomes) => {
    if (outcomes.length < muchInOneGo || seen.has(path)) return;
    const [first] = outcomes.flatMap((one) => (one.outcome === "stored" ? (one.uid ?? []) : []));
    if (first === undefined) return;
    seen.add(path);
    void quietly(metadata(path, uidSetOf([first])));
  };
};
