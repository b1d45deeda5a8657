import { describe, expect, it } from "vitest";
import { Account } from "../../shared/contract/account.ts";
import { objectKeys } from "../../shared/contract/objects.ts";
import { directoryRows, memberHeaders, publicHeaders } from "../support/accounts-rows.ts";
import { runImport, uploaded, uploadNumbered } from "../support/import-scenario.ts";
import { exampleAccount, exampleId, inAccounts } from "../support/migration-example.ts";
import { minimalWorkbook } from "../support/minimal-workbook.ts";
import {
  passwordPorts,
  uploadNumbered as passwordsNumbered,
  uploadAndImport,
} from "../support/password-file.ts";

const tooLong = "x".repeat(2_000);
const unmended = "mended.xlsx";

const workbookOf = (member: readonly string[], mailbox: readonly string[]) =>
  minimalWorkbook({
    成员邮箱名单: [[...memberHeaders, "新邮箱地址", "新邮箱密码"], ["a@yunfan.example", "m1"], member],
    公共邮箱名单: [[...publicHeaders, "新邮箱地址"], mailbox],
    "【参考】企业微信通讯录": directoryRows(9),
  });

describe("rejected rows that are imported without having been mended", () => {
  it.each<[string, readonly string[], (readonly string[])?]>([
    ["no address in the address's cell", ["not an address", "m2", "", "成员2"]],
    ["an address that is too long", ["y".repeat(300), "m2", "", "成员2"]],
    ["no address, but a password", ["", "m2", "Secret-1", "成员2"]],
    ["no address, and a password that is too long", ["", "m2", tooLong, "成员2"]],
    ["no new address in the new address's cell", ["b@yunfan.example", "m2", "", "", "", "Secret-2"]],
    ["an account name that cannot be one", ["b@yunfan.example", "Secret%3"]],
    ["a password that is too long", ["b@yunfan.example", "m2", tooLong]],
    ["a name that is too long", ["b@yunfan.example", "m2", "", tooLong]],
    ["users who cannot be any", [], ["info@yunfan.example", "", "m1, Secret%4"]],
  ])("are rejected again: %s", async (_what, member, mailbox = []) => {
    const ports = await uploaded(inAccounts(), workbookOf(member, mailbox));
    expect(await runImport(ports)).toMatchObject({ created: 1, rejected: 1, untouched: 0 });
    const errors = await ports.objects.read(objectKeys.importErrors(exampleId, "accounts.xlsx"), 1_000_000);
    await ports.objects.write(objectKeys.accounts(exampleId, unmended), errors ?? new Uint8Array());
    expect(await runImport(ports, uploadNumbered(2, unmended))).toMatchObject({
      ...{ outcome: "imported", created: 0, updated: 0, unchanged: 0, rejected: 1, untouched: 0 },
      errors: expect.arrayContaining([expect.objectContaining({ name: "CellUnmended" })]),
    });
    expect(ports.accounts.all(exampleId)).toHaveLength(1);
  });

  it.each<[string, readonly string[], string]>([
    ["no address", ["Secret-1", "member1", "成员1", "销售部", ""], "CellUnmended"],
    ["a missing address", ["", "member1", "成员1", "销售部", "Secret-2"], "CellUnmended"],
    ["a name that was changed", ["member1@yunfan.example", "member1", "Secret-3", "销售部"], "CellImmutable"],
    [
      "a department where none is on record",
      ["member2@yunfan.example", "member2", "成员2", "Secret-4"],
      "CellImmutable",
    ],
    [
      "a password that is too long",
      ["member1@yunfan.example", "member1", "成员1", "销售部", tooLong],
      "CellUnmended",
    ],
  ])("are rejected again in a file of passwords: %s", async (_what, row, name) => {
    const accounts = [exampleAccount(1), Account.parse({ ...exampleAccount(2), department: "" })];
    const ports = await passwordPorts(inAccounts(), accounts);
    const headers = ["原邮箱地址", "企业微信成员账号", "姓名", "所在部门", "原邮箱密码"];
    const bytes = minimalWorkbook({ 导入原邮箱密码: [headers, row] });
    expect(await uploadAndImport(ports, bytes)).toMatchObject({ unchanged: 0, rejected: 1 });
    const errors = await ports.objects.read(
      objectKeys.passwordErrors(exampleId, "passwords.xlsx"),
      1_000_000,
    );
    const again = uploadAndImport(ports, errors ?? new Uint8Array(), passwordsNumbered(2, unmended));
    expect(await again).toMatchObject({ outcome: "imported", unchanged: 0, rejected: 1, errors: [{ name }] });
  });
});
