import { NoticeWork } from "../../events/notice-work.ts";
import type { Account } from "../contract/account.ts";
import type { Migration } from "../contract/migration.ts";
import { isPasswordWanted, takesPasswords } from "../credentials/password-needed.ts";
import { isSourceRefused } from "./password-awaited.ts";

/**
 * The notices to accounts that are about to begin a pass: to those that were never written to and may lack a password. Whether one
 * really does is looked up when its notice is sent, by many at a time. A wrong password is for the operator to see first.
 */
export const noticesToAsk = (migration: Migration, accounts: readonly Account[]): readonly NoticeWork[] =>
  migration.settings.members.ask && takesPasswords(migration)
    ? accounts
        .filter((account) => account.notice === undefined)
        .filter((account) => isPasswordWanted(account) && !isSourceRefused(account))
        .map(({ migrationId, address }) => NoticeWork.parse({ migrationId, address, notice: "ask" }))
    : [];
