import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { seedMailbox } from "../../infra/local/demo/seeding/seed-mailbox.ts";
import { exceljsWorkbook } from "./exceljs-workbook.ts";
import { privateDovecot } from "./private-dovecot.ts";
import type { NamedSecret } from "./search-secrets.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

/**
 * A company whose administrator's password opens every old mailbox, while each new one has a password of its own, in the sheet.
 * Both are written down wrong at first: the administrator's, and that of one new mailbox.
 */
export interface AdministeredCompany {
  readonly settingsFile: string;
  readonly accountsFile: string;
  /** Writes the administrator's right password into the settings, and another way to log in with it. */
  correctSettings(): Promise<void>;
  /** Writes the right password of the new mailbox into the sheet. */
  correctSheet(): Promise<void>;
  /** Every password that stands in one of the files at any time. */
  readonly secrets: readonly NamedSecret[];
}

/** The mailbox whose new password is wrong in the first sheet. */
export const mistyped = "mistyped@example.test";
export const publicMailbox = "public@example.test";
export const addresses: readonly string[] = ["typed@example.test", mistyped, publicMailbox];

/** Hard to write down, as in the other company. */
const secretOf = (what: string): string => `nëw "${what}" & <all>+1/%\\密码'?`;

const administrator = { right: secretOf("administrator"), wrong: secretOf("not the administrator") };
const sheetWith = (passwordOfMistyped: string) => ({
  成员邮箱名单: [
    ["原邮箱地址*", "企业微信成员账号*", "原邮箱密码", "姓名", "所在部门", "新邮箱密码"],
    ["typed@example.test", "typed", needless, "typed", "", secretOf("typed@example.test")],
    [mistyped, "mistyped", "", "mistyped", "", passwordOfMistyped],
    ["nobody@elsewhere.test", "typed", "", "nobody", "", inBadRow],
    ["long@example.test", "long", "", "long", "", `${tooLong}${"x".repeat(1_024)}`],
  ],
  公共邮箱名单: [
    ["公共邮箱地址*", "原邮箱密码", "使用成员", "名称", "新邮箱密码"],
    [publicMailbox, "", "typed", "public", secretOf(publicMailbox)],
    ["unused@example.test", "", "unknown", "unused", inBadPublicRow],
  ],
  "【参考】企业微信通讯录": [
    ["企业邮箱", "账号", "姓名", "部门", "手机"],
    ...["typed", "mistyped", "long"].map((userid) => ["", userid, userid, "", ""]),
  ],
});
const needless = secretOf("needless");
const inBadRow = secretOf("bad row");
const inBadPublicRow = secretOf("bad public row");
const tooLong = secretOf("too long");
const wrongOfMistyped = secretOf("mistyped");

/** Starts both servers, fills the source and writes the admin's files; everything is gone when the running test has finished. */
export const administeredCompany = async (): Promise<AdministeredCompany> => {
  const directory = await temporaryDirectory();
  const source = await privateDovecot({
    accounts: addresses.map((user) => ({ user, password: `old-password-of-${user}` })),
    masterUser: { user: "administrator", password: administrator.right },
  });
  const target = await privateDovecot({
    accounts: addresses.map((user) => ({ user, password: secretOf(user) })),
  });
  for (const address of addresses) {
    const raw = Buffer.from(`Subject: hello\r\nMessage-ID: <hello-${address}>\r\n\r\nHello.\r\n`);
    const internalDate = new Date(Date.UTC(2020, 1, 1));
    await seedMailbox(source, address, [{ path: "INBOX", messages: [{ raw, flags: [], internalDate }] }]);
  }
  const settingsFile = join(directory, "migration.json");
  const accountsFile = join(directory, "accounts.xlsx");
  const writeSettings = (password: string, style: "authzid" | "separator") =>
    writeFile(
      settingsFile,
      JSON.stringify({
        domain: "example.test",
        source: {
          host: source.host,
          port: source.port,
          tls: "none",
          auth: { kind: "master", user: "administrator", password, style },
        },
        target: { kind: "imap", host: target.host, port: target.port, tls: "none" },
        directory: { kind: "sheet" },
        // Nobody listens there: a test must not ask the public DNS.
        mx: { resolvers: ["127.0.0.1:9"], authoritative: ["127.0.0.1:9"] },
      }),
    );
  const writeSheet = async (passwordOfMistyped: string) =>
    writeFile(accountsFile, await exceljsWorkbook(sheetWith(passwordOfMistyped)));
  await writeSettings(administrator.wrong, "separator");
  await writeSheet(wrongOfMistyped);
  return {
    settingsFile,
    accountsFile,
    correctSettings: () => writeSettings(administrator.right, "authzid"),
    correctSheet: () => writeSheet(secretOf(mistyped)),
    secrets: [
      { name: "the administrator's password", secret: administrator.right },
      { name: "the administrator's wrong password", secret: administrator.wrong },
      ...addresses.map((address) => ({ name: `the new password of ${address}`, secret: secretOf(address) })),
      { name: `the wrong password of ${mistyped}`, secret: wrongOfMistyped },
      { name: "a new password in a row that cannot be imported", secret: inBadRow },
      { name: "a new password in a public row that cannot be imported", secret: inBadPublicRow },
      { name: "a new password that is too long", secret: tooLong },
      { name: "an old password that nobody asked for", secret: needless },
    ],
  };
};
