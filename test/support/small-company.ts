import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import exceljs from "exceljs";
import type { Dovecot } from "../../infra/local/demo/dovecot/dovecot.ts";
import type { DovecotOptions } from "../../infra/local/demo/dovecot/options.ts";
import type { SeedMessage } from "../../infra/local/demo/seeding/append-messages.ts";
import { seedMailbox } from "../../infra/local/demo/seeding/seed-mailbox.ts";
import { expectSameMailbox, snapshotMailbox } from "./mailbox-snapshot.ts";
import { privateDovecot } from "./private-dovecot.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

/** A few mailboxes on two servers that the project did not start for itself, and the files an admin would write. */
export interface SmallCompany {
  readonly directory: string;
  readonly source: Dovecot;
  readonly target: Dovecot;
  readonly addresses: readonly string[];
  /** Messages at the source in all. */
  readonly messages: number;
  readonly accountsFile: string;
  /** Writes `migration.json`; what is given stands in the place of the defaults, `targetPort` in that of the target's. */
  writeSettings(change?: object, targetPort?: number): Promise<string>;
  /** Writes the sheet anew: with other passwords for some addresses, with rows more than it should have. */
  writeAccounts(change: AccountsChange): Promise<void>;
  /** What a command is told to work with: these settings, the sheet, and a directory of the company's for its data. */
  words(settings: string, data?: string): readonly string[];
  /** Adds a message to a mailbox at the source. */
  deliver(address: string, subject: string): Promise<void>;
  /** Every mailbox byte for byte, with flags, keywords, dates and folders. @throws Error with what differs */
  expectMoved(): Promise<void>;
}

/** How a sheet differs from the right one; a row is name, address, account, password, department. */
export interface AccountsChange {
  readonly passwords?: Readonly<Record<string, string>>;
  readonly extraRows?: readonly (readonly string[])[];
}

/** Hard to write down: quotes, signs that every encoding has its own way with, letters beyond ASCII. */
export const masterPassword = `mäster "of" & <all> mailboxes+1/%\\密码'?`;
export const passwordOf = (address: string): string => `old-secret-${address.split("@")[0]}`;

const domain = "example.test";
const accounts = ["zhang.wei", "li.na", "wang.fang"].map((name) => `${name}@${domain}`);

/** Starts both servers and fills the source; everything is gone when the running test has finished. */
export const smallCompany = async (
  messagesPerInbox = 20,
  sourceOptions: Partial<DovecotOptions> = {},
): Promise<SmallCompany> => {
  const directory = await temporaryDirectory();
  const source = await privateDovecot({
    ...sourceOptions,
    accounts: accounts.map((user) => ({ user, password: passwordOf(user) })),
  });
  const target = await privateDovecot({
    accounts: accounts.map((user) => ({ user, password: `new-${user}` })),
    masterUser: { user: "migrator", password: masterPassword },
  });
  let messages = 0;
  for (const address of accounts)
    messages += await seedMailbox(source, address, foldersOf(address, messagesPerInbox));
  const accountsFile = join(directory, "accounts.xlsx");
  await writeWorkbook(accountsFile, {});
  return {
    directory,
    source,
    target,
    addresses: accounts,
    messages,
    accountsFile,
    writeSettings: async (change = {}, targetPort = target.port) => {
      const file = join(directory, "migration.json");
      await writeFile(file, JSON.stringify({ ...settingsFor(source, target, targetPort), ...change }));
      return file;
    },
    writeAccounts: (change) => writeWorkbook(accountsFile, change),
    words: (settings, data = "data") => [
      ...["--settings", settings, "--accounts", accountsFile],
      ...["--data", join(directory, data)],
    ],
    deliver: async (address, subject) => {
      const message = plain(subject, new Date(Date.UTC(2026, 5, 1)));
      await seedMailbox(source, address, [{ path: "INBOX", messages: [message] }]);
    },
    expectMoved: async () => {
      for (const address of accounts) {
        expectSameMailbox(
          await snapshotMailbox(source.accessOf(address)),
          await snapshotMailbox(target.accessOf(address)),
        );
      }
    },
  };
};

const settingsFor = (source: Dovecot, target: Dovecot, targetPort: number) => ({
  domain,
  source: { host: source.host, port: source.port, tls: "none" },
  target: {
    kind: "imap",
    host: target.host,
    port: targetPort,
    tls: "none",
    auth: { kind: "master", user: "migrator", password: { env: "TARGET_MASTER_PASSWORD" }, style: "authzid" },
  },
  directory: { kind: "sheet" },
  // Nobody listens there: a test must not ask the public DNS, and the history needs no DNS at all.
  mx: { resolvers: ["127.0.0.1:9"], authoritative: ["127.0.0.1:9"] },
});

const writeWorkbook = async (
  file: string,
  { passwords = {}, extraRows = [] }: AccountsChange,
): Promise<void> => {
  const workbook = new exceljs.Workbook();
  const members = workbook.addWorksheet("成员邮箱名单");
  members.addRow(["姓名", "原邮箱地址*", "企业微信成员账号*", "原邮箱密码", "所在部门"]);
  for (const address of accounts)
    members.addRow([
      `成员 ${address}`,
      address,
      memberOf(address),
      passwords[address] ?? passwordOf(address),
      "销售部",
    ]);
  for (const row of extraRows) members.addRow([...row]);
  const publics = workbook.addWorksheet("公共邮箱名单");
  publics.addRow(["公共邮箱地址*", "原邮箱密码", "使用成员", "名称"]);
  const directory = workbook.addWorksheet("【参考】企业微信通讯录");
  directory.addRow(["企业邮箱", "账号", "姓名", "部门", "手机"]);
  for (const address of accounts)
    directory.addRow([address, memberOf(address), `成员 ${address}`, "销售部", ""]);
  await workbook.xlsx.writeFile(file);
};

const memberOf = (address: string): string => String(address.split("@")[0]).replace(".", "");

const foldersOf = (address: string, inbox: number) => [
  {
    path: "INBOX",
    messages: Array.from({ length: inbox }, (_unused, index) =>
      plain(`${address} ${index}`, hour(index), index % 2 ? ["\\Seen"] : []),
    ),
  },
  {
    path: "已发送",
    messages: [twin, twin, twin, noMessageId, sameIdOtherBody("one"), sameIdOtherBody("two")],
  },
  {
    path: "项目/2024/合同 & 附件",
    messages: [large, plain("按时交付", hour(3), ["\\Answered", "\\Flagged", "$Forwarded", "Kunde"])],
  },
  { path: "空文件夹", messages: [] },
];

const hour = (index: number): Date => new Date(Date.UTC(2019, 6, 1) + index * 3_600_000);

const raw = (...lines: readonly string[]): Buffer => Buffer.from(`${lines.join("\r\n")}\r\n`, "utf8");

const plain = (subject: string, internalDate: Date, flags: readonly string[] = []): SeedMessage => ({
  raw: raw(
    `Subject: ${subject}`,
    `Message-ID: <${Buffer.from(subject).toString("hex")}@${domain}>`,
    "",
    `About ${subject}.`,
  ),
  flags,
  internalDate,
});

const twin: SeedMessage = {
  raw: raw("Subject: twin", "", "Alike in every byte."),
  flags: ["\\Seen"],
  internalDate: hour(1),
};

const noMessageId: SeedMessage = {
  raw: raw("Subject: no id", "From: a@b.test", "", ""),
  flags: ["\\Draft"],
  internalDate: hour(2),
};

const sameIdOtherBody = (body: string): SeedMessage => ({
  raw: raw("Subject: same", "Message-ID: <same@example.test>", "", body),
  flags: [],
  internalDate: hour(4),
});

const large: SeedMessage = {
  raw: raw(
    "Subject: large",
    "",
    ...Array.from({ length: 5_000 }, (_unused, line) => `line ${line} ${"x".repeat(60)}`),
  ),
  flags: ["\\Seen"],
  internalDate: hour(5),
};
