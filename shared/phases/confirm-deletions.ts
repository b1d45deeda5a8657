import type { OperatorAnswer, OperatorCommand } from "../../events/operator-command.ts";
import { amendAccount } from "../copy/amend-account.ts";
import type { AccountStore } from "../ports/account-store.ts";
import type { Clock } from "../ports/clock.ts";
import type { MailboxStore } from "../ports/mailbox-store.ts";

export interface ConfirmDeletionsPorts {
  readonly clock: Clock;
  readonly accounts: Pick<AccountStore, "get" | "replace">;
  readonly mailboxes: Pick<MailboxStore, "folders">;
}

/**
 * An operator says that the messages of a mailbox which are gone from the source were meant to go (DeletionsDoubtful): its next pass
 * removes them from the target. What is confirmed is what was found, folder by folder with its number. If more has gone by then, or
 * goes another time, that is doubted anew.
 */
export const confirmDeletions = async (
  app: ConfirmDeletionsPorts,
  { migrationId, address }: Extract<OperatorCommand, { command: "confirmDeletions" }>,
): Promise<OperatorAnswer> => {
  const folders = (await app.mailboxes.folders({ migrationId, address })).flatMap(
    ({ sourcePath, doubtfulDeletions }) =>
      doubtfulDeletions === undefined ? [] : [{ sourcePath, ...doubtfulDeletions }],
  );
  if (folders.length === 0) return { outcome: "nothingDoubtful" };
  const confirmed = { at: app.clock.now(), folders };
  const account = await amendAccount(app, { migrationId, address }, (stored) => ({
    ...stored,
    confirmedDeletions: confirmed,
  }));
  return { outcome: account === null ? "nothingDoubtful" : "done" };
};
