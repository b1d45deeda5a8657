import { describe, expect, it } from "vitest";
import { fileProblem, rowProblem } from "../../../infra/local/cli/upload-problems.ts";
import { MailferryError } from "../../../shared/contract/errors.ts";
import { toStoredError } from "../../../shared/contract/stored-error.ts";
import { RowError } from "../../../shared/spreadsheet/row-errors.ts";

const rowError = (sheet: string) =>
  RowError.parse({ sheet, row: 7, column: "账号", name: "CellRequired", evidence: {} });

const unreadable = (file: string) =>
  toStoredError(new MailferryError("WorkbookUnreadable", { file, reason: "otherKind" }));

describe("what is wrong with an upload", () => {
  it("is told by the file's own name, not by the one it was uploaded with", () => {
    expect(rowProblem(rowError("accounts-0123456789abcdef"), "/home/admin/members.csv")).toContain(
      "Sheet members, row 7",
    );
    expect(fileProblem(unreadable("passwords-0123456789abcdef.json"), "/home/admin/p.json")).toMatch(
      /^p\.json cannot be read/,
    );
  });

  it("keeps the name of a workbook's sheet", () => {
    expect(rowProblem(rowError("成员邮箱名单"), "members.xlsx")).toContain("Sheet 成员邮箱名单, row 7");
  });
});
