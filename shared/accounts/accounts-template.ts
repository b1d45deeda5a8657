import type { CellContent, SheetContent } from "../ports/workbook-writer.ts";
import type { DirectoryColumn, MemberColumn } from "../spreadsheet/accounts-workbook.ts";
import { directoryFormColumns, memberFormColumns, publicFormColumns } from "../spreadsheet/form-columns.ts";
import { sheetNames } from "../spreadsheet/sheets.ts";
import { domainOf, parseAddress } from "./address.ts";
import { departmentText, type Member } from "./directory.ts";

/** What a template is made for. */
export interface TemplateOrder {
  readonly domain: string;
  /** Null when nobody but the admin knows them, who then fills in the third sheet as well. */
  readonly members: readonly Member[] | null;
  /** Whether each new mailbox is opened with a password of its own. */
  readonly asksTargetPassword: boolean;
}

/** The template of phase 2: every member filled in, with the address where it is known beyond doubt. */
export const accountsTemplate = ({
  domain,
  members,
  asksTargetPassword,
}: TemplateOrder): readonly SheetContent[] => {
  const form = {
    domain,
    has: (column: "targetAddress" | "targetPassword") => column === "targetPassword" && asksTargetPassword,
    members: members?.length ?? membersToCome,
  };
  const columns = memberFormColumns(form);
  const known = knownAddresses(members ?? [], domain);
  return [
    {
      name: sheetNames.members,
      instructions: memberInstructions,
      columns,
      rows: each(members ?? [], (member) => columns.map(({ column }) => memberCell(column, member, known))),
    },
    {
      name: sheetNames.publicMailboxes,
      instructions: publicInstructions,
      columns: publicFormColumns(form),
      rows: each([], () => []),
    },
    members === null ? directorySheet([]) : referenceSheet(members),
  ];
};

/** 「【参考】企业微信通讯录」 with every member; nobody needs to change it. */
export const referenceSheet = (members: readonly Member[]): SheetContent => ({
  name: sheetNames.directory,
  instructions: [
    "仅供参考，不会被导入：填写名单时请从这里查找成员账号。",
    "For reference only: look up the members' accounts here.",
  ],
  columns: directoryFormColumns,
  rows: each(members, directoryRow),
  isProtected: true,
});

/** The same sheet where it is itself the directory: the admin adds to it. */
export const directorySheet = (members: readonly Member[]): SheetContent => ({
  name: sheetNames.directory,
  instructions: [
    "请先在此填写（或粘贴从企业微信导出的）全部成员：账号、姓名、部门；名单中的账号须出现在此表中。",
    "Fill in or paste all members here first (account, name, department): accounts of the lists must stand in this sheet.",
  ],
  columns: directoryFormColumns.map((column) =>
    column.column === "memberId" ? { ...column, header: `${column.header}*`, isRequired: true } : column,
  ),
  rows: each(members, directoryRow),
});

const directoryRow = (member: Member): readonly CellContent[] =>
  directoryFormColumns.map(({ column }) => directoryCell(column, member));

/** How many rows of a directory sheet that is filled in by hand are offered as choices beyond those it has. */
export const membersToCome = 20_000;

const memberInstructions = [
  "填写说明：带 * 的列必填。没有旧邮箱的成员，原邮箱地址留空即可，该行会被跳过。一名成员对应一个邮箱，其余邮箱请填入「公共邮箱名单」。",
  "请勿修改表头和工作表名称；列可以移动，也可以另加列；需要时可加「新邮箱地址」列。填好后保存为 .xlsx 并上传，导入后该文件即被销毁。",
  "How to fill in: columns with * are required. Leave the old address empty for a member without an old mailbox; the row is skipped.",
  "One mailbox for each member; list others in the second sheet. Keep the headers and the sheets' names. Save as .xlsx and upload it;",
  "the uploaded file is destroyed once it is imported, because it holds passwords.",
];

const publicInstructions = [
  "填写说明：公共邮箱（如 info@、sales@）每行一个；使用成员填写成员账号，多个以分号分隔。没有公共邮箱可留空。",
  "How to fill in: one shared mailbox (such as info@, sales@) in each row, its users' accounts separated by semicolons.",
  "Leave the sheet empty if there are none.",
];

/** An address that two members claim is nobody's: guessing would pour a mailbox into a stranger's. */
const knownAddresses = (members: readonly Member[], domain: string): ReadonlyMap<Member, string> => {
  const claims = new Map<string, Member[]>();
  for (const member of members) {
    const address = parseAddress(member.email ?? "");
    if (address !== null && domainOf(address) === domain)
      claims.set(address, [...(claims.get(address) ?? []), member]);
  }
  const known = new Map<Member, string>();
  for (const [address, [member, ...others]] of claims)
    if (member !== undefined && others.length === 0) known.set(member, address);
  return known;
};

const memberCell = (
  column: MemberColumn,
  member: Member,
  known: ReadonlyMap<Member, string>,
): CellContent => {
  switch (column) {
    case "address":
      return known.get(member) ?? "";
    case "memberId":
      return member.userid;
    case "name":
      return member.name;
    case "department":
      return departmentText(member);
    case "sourcePassword":
    case "targetAddress":
    case "targetPassword":
      return "";
  }
};

const directoryCell = (column: DirectoryColumn, member: Member): CellContent => {
  switch (column) {
    case "email":
      return member.email ?? "";
    case "memberId":
      return member.userid;
    case "name":
      return member.name;
    case "departments":
      return departmentText(member);
    case "mobile":
      // The same number, and no plus sign that would have to be defused in every row (ITU-T E.164: + stands for the prefix).
      return (member.mobile ?? "").replace(/^\+(?=\d)/, "00");
  }
};

async function* each<Item>(
  items: readonly Item[],
  toRow: (item: Item) => readonly CellContent[],
): AsyncGenerator<readonly CellContent[]> {
  for (const item of items) yield toRow(item);
}
