import type { AddressOrigin, Allocation } from "../contract/allocation.ts";
import type { SheetContent } from "../ports/workbook-writer.ts";
import type { AllocatedLine } from "./report-document.ts";

const statusNames: Readonly<Record<AllocatedLine["status"], string>> = {
  planned: "已预留 / kept free",
  confirmed: "已分配 / given",
};

const originNames: Readonly<Record<AddressOrigin, string>> = {
  directory: "通讯录 / directory",
  name: "姓名 / name",
  memberId: "账号 / account name",
};

export const allocatedLine = ({ memberId, name, address, origin, state }: Allocation): AllocatedLine => ({
  memberId,
  name,
  address,
  origin,
  status: state.status,
});

/** 「分配地址」: one line for each member who has no account and was given an address. */
export const allocatedSheet = (lines: readonly AllocatedLine[]): SheetContent => ({
  name: "分配地址 Allocated",
  columns: [
    { header: "企业微信成员账号 / Member account", width: 34 },
    { header: "姓名 / Name", width: 20 },
    { header: "企业邮箱 / Address", width: 34 },
    { header: "依据 / Made from", width: 24 },
    { header: "状态 / Status", width: 22 },
  ],
  rows: rows(lines),
});

async function* rows(lines: readonly AllocatedLine[]): AsyncGenerator<readonly string[]> {
  for (const { memberId, name, address, origin, status } of lines)
    yield [memberId, name, address, originNames[origin], statusNames[status]];
}
