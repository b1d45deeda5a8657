import { accountsByAddress, shards } from "../accounts/all-accounts.ts";
import { keepPassword } from "../accounts/row-check.ts";
import type { MailAddress, MigrationId } from "../contract/ids.ts";
import { shardOf } from "../contract/table.ts";
import type { AccountStore } from "../ports/account-store.ts";
import type { HeldPasswords } from "../ports/held-passwords.ts";
import type { SheetContent } from "../ports/workbook-writer.ts";
import { accountCells } from "./account-cells.ts";
import { passwordColumns, passwordSheetName } from "./password-columns.ts";
import { passwordFormColumns } from "./password-form.ts";

export interface PasswordsWorkbookPorts {
  readonly accounts: Pick<AccountStore, "page">;
  readonly heldPasswords: HeldPasswords;
}

/**
 * The file 「导入原邮箱密码」: a row for each account in the order of their addresses, with 已存在密码 where a password is held, and never
 * a password. Only the last column can be written in. Accounts are read page by page as the rows are written.
 */
export const passwordsWorkbook = (
  app: PasswordsWorkbookPorts,
  migrationId: MigrationId,
): readonly SheetContent[] => [
  {
    name: passwordSheetName,
    instructions,
    columns: passwordFormColumns,
    rows: rowsOf(app, migrationId),
    isProtected: true,
  },
];

async function* rowsOf(
  { accounts, heldPasswords }: PasswordsWorkbookPorts,
  id: MigrationId,
): AsyncGenerator<readonly string[]> {
  const held: ReadonlySet<MailAddress>[] = [];
  for (const shard of shards) held.push(await heldPasswords.ofShard(id, shard));
  for await (const account of accountsByAddress(accounts, id)) {
    const { address } = account;
    const { memberId, name, department } = accountCells(account);
    yield [address, memberId, name, department, held[shardOf(address)]?.has(address) ? keepPassword : ""];
  }
}

const instructions = [
  `请只填写最后一列「${passwordColumns.sourcePassword.header}」，其余各列请勿修改。「${keepPassword}」表示保留现有密码。`,
  "单元格均为文本格式：密码按原样填写即可，以 = + - @ 开头也无需加引号。",
  `Fill in the last column only; the others must stay as they are. ${keepPassword} keeps the password that is held.`,
  "All cells are text: type a password as it is, also one that begins with = + - @, and without quotes.",
];
