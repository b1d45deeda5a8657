/** A column of one of our sheets: its header in the template, and what else it may be called. */
export interface ColumnDefinition {
  readonly header: string;
  readonly aliases: readonly string[];
  /** Words that count only where none of the others stands: an extra column may be called so too. */
  readonly loose?: readonly string[];
  /** Without this column the sheet cannot be used at all. */
  readonly required?: true;
}

const sourcePassword = {
  header: "原邮箱密码",
  aliases: [
    "Source password",
    "Old password",
    "Original password",
    "Source mailbox password",
    "Old mailbox password",
    "Original mailbox password",
  ],
  loose: ["密码", "邮箱密码", "Password"],
} as const satisfies ColumnDefinition;

const target = {
  targetAddress: {
    header: "新邮箱地址",
    aliases: [
      "目标邮箱地址",
      "New address",
      "Target address",
      "New mailbox address",
      "Target mailbox",
      "New email",
      "Target email",
      "Destination address",
    ],
  },
  targetPassword: {
    header: "新邮箱密码",
    aliases: [
      "目标邮箱密码",
      "New password",
      "Target password",
      "New mailbox password",
      "Target mailbox password",
      "Destination password",
    ],
  },
} as const satisfies Record<string, ColumnDefinition>;

/** 「成员邮箱名单」. */
export const memberColumns = {
  address: {
    header: "原邮箱地址",
    aliases: [
      "原邮箱",
      "Source address",
      "Source mailbox",
      "Source email",
      "Source email address",
      "Old address",
      "Old mailbox address",
      "Old email",
      "Original address",
      "Original mailbox address",
      "Original email",
    ],
    loose: ["邮箱地址", "Address", "Email", "Email address", "Mailbox"],
    required: true,
  },
  memberId: {
    header: "企业微信成员账号",
    aliases: [
      "企业微信账号",
      "成员账号",
      "企业微信成员帐号",
      "Member account",
      "Member id",
      "WeCom account",
      "WeCom member account",
      "WeCom user id",
      "User id",
    ],
    loose: ["账号", "帐号", "Member", "Account", "Account id", "User"],
    required: true,
  },
  sourcePassword,
  name: {
    header: "姓名",
    aliases: ["成员姓名", "Member name"],
    loose: ["名字", "Name", "Full name", "Display name"],
  },
  department: { header: "所在部门", aliases: ["部门", "Department"], loose: ["Departments", "Dept"] },
  ...target,
} as const satisfies Record<string, ColumnDefinition>;

/** 「公共邮箱名单」. */
export const publicColumns = {
  address: {
    header: "公共邮箱地址",
    aliases: [
      "公共邮箱",
      "Public mailbox address",
      "Public address",
      "Public mailbox",
      "Shared mailbox address",
      "Shared mailbox",
    ],
    loose: ["原邮箱地址", "邮箱地址", "Source address", "Address", "Email", "Email address", "Mailbox"],
    required: true,
  },
  sourcePassword,
  users: {
    header: "使用成员",
    aliases: ["使用成员账号", "使用人", "Users", "Used by", "Member accounts", "User ids", "Using members"],
    loose: ["成员", "Members"],
  },
  name: {
    header: "名称",
    aliases: ["公共邮箱名称", "邮箱名称", "Mailbox name"],
    loose: ["Name", "Display name", "Title"],
  },
  ...target,
} as const satisfies Record<string, ColumnDefinition>;

/** 「【参考】企业微信通讯录」. */
export const directoryColumns = {
  memberId: {
    header: "账号",
    aliases: [
      "帐号",
      "企业微信成员账号",
      "成员账号",
      "Member account",
      "Member id",
      "User id",
      "WeCom account",
    ],
    loose: ["Account"],
    required: true,
  },
  name: { header: "姓名", aliases: ["名字", "成员姓名", "Name", "Full name", "Member name"] },
  departments: { header: "部门", aliases: ["所在部门", "Department", "Departments", "Dept"] },
  email: { header: "企业邮箱", aliases: ["邮箱", "Company email", "Email", "Email address", "Work email"] },
  mobile: { header: "手机", aliases: ["手机号", "手机号码", "Mobile", "Phone", "Mobile phone"] },
} as const satisfies Record<string, ColumnDefinition>;
