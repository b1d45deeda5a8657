import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import exceljs from "exceljs";
import { seedMailbox } from "../../infra/local/demo/seeding/seed-mailbox.ts";
import { privateDovecot } from "./private-dovecot.ts";
import type { NamedSecret } from "./search-secrets.ts";
import { temporaryDirectory } from "./temporary-directory.ts";
import { tokenService } from "./token-service.ts";
import { companyOf } from "./wecom/company.ts";
import { serveWecom } from "./wecom/serve-wecom.ts";

/** How a mailbox' password comes to the pipeline. */
export const ways = ["sheet", "page", "operator", "file"] as const;
export type Way = (typeof ways)[number];

/**
 * A company each of whose members gives the old password in another way. Its directory is WeCom, and its new server takes tokens, for
 * a client secret that is written down wrong at first.
 */
export interface SecretiveCompany {
  readonly settingsFile: string;
  readonly accountsFile: string;
  /** Writes down the right client secret. */
  correctClientSecret(): Promise<void>;
  /** What the settings expect in the environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** Every secret that was used so far: passwords, what opens WeCom and the token service, and the tokens they gave. */
  secrets(): readonly NamedSecret[];
}

export const addressOf = (way: Way): string => `${way}@example.test`;

/** Stands in a row of the sheet and in one of the file of passwords, each with a password, and can be used in neither. */
export const rejectedAddress = "nobody@elsewhere.test";

/** Hard to write down: quotes, signs that every encoding has its own way with, letters beyond ASCII. */
export const passwordFor = (way: Way): string => `pä"ss & w<${way}>\\密码+1/%'?`;

const passwordInBadRow = `bäd "row" & <all>+1/%\\密码`;
const passwordForNobody = `bäd "row" & <of>\\密码+1/%'?`;
const clientSecret = `clïent "of" & <all> mailboxes+1/%\\`;
const wrongClientSecret = `clïent "of" & <no> mailboxes+1/%\\`;
const wecomSecret = `wëcom "of" & <all> members+1/%\\`;

/** Starts both servers, fills the source and writes the admin's files; everything is gone when the running test has finished. */
export const secretiveCompany = async (): Promise<SecretiveCompany> => {
  const directory = await temporaryDirectory();
  const source = await privateDovecot({
    accounts: ways.map((way) => ({ user: addressOf(way), password: passwordFor(way) })),
  });
  const tokens = await tokenService({ application: { clientId: "mailferry", clientSecret } });
  const target = await privateDovecot({
    accounts: ways.map((way) => ({ user: addressOf(way), password: `new-${way}` })),
    oauth2: { tokenInfoUrl: tokens.tokenInfoUrl, attribute: "holder", opens: "every account" },
  });
  const employees = ways.map((way) => ({ userid: way, name: way, departments: ["1"] }));
  const { baseUrl, company, wecom } = await serveWecom({
    ...companyOf(0),
    appSecret: wecomSecret,
    employees,
  });
  for (const way of ways) {
    const raw = Buffer.from(`Subject: hello ${way}\r\nMessage-ID: <${way}@example.test>\r\n\r\nHello.\r\n`);
    const internalDate = new Date(Date.UTC(2020, 1, 1));
    await seedMailbox(source, addressOf(way), [
      { path: "INBOX", messages: [{ raw, flags: [], internalDate }] },
    ]);
  }
  const settingsFile = join(directory, "migration.json");
  await writeFile(
    settingsFile,
    JSON.stringify({
      domain: "example.test",
      source: { host: source.host, port: source.port, tls: "none" },
      target: {
        kind: "imap",
        host: target.host,
        port: target.port,
        tls: "none",
        auth: {
          kind: "oauth2",
          provider: "microsoft365",
          tenant: "example.test",
          clientId: "mailferry",
          clientSecret: { file: "client-secret.txt" },
          tokenEndpoint: tokens.tokenEndpoint,
        },
      },
      directory: {
        kind: "wecom",
        corpId: company.corpId,
        secret: { env: "WECOM_SECRET" },
        agentId: company.agentId,
        baseUrl,
      },
      // Nobody listens there: a test must not ask the public DNS.
      mx: { resolvers: ["127.0.0.1:9"], authoritative: ["127.0.0.1:9"] },
      members: { ask: true },
      notices: { from: "it@notices.example.test" },
    }),
  );
  const writeClientSecret = (secret: string) => writeFile(join(directory, "client-secret.txt"), secret);
  await writeClientSecret(wrongClientSecret);
  const accountsFile = join(directory, "accounts.xlsx");
  await writeAccounts(accountsFile);
  return {
    settingsFile,
    accountsFile,
    correctClientSecret: () => writeClientSecret(clientSecret),
    environment: { WECOM_SECRET: wecomSecret },
    secrets: () => [
      ...ways.map((way) => ({ name: `the password by way of the ${way}`, secret: passwordFor(way) })),
      { name: "the password in a row that cannot be imported", secret: passwordInBadRow },
      { name: "the password of nobody in the file of passwords", secret: passwordForNobody },
      { name: "the client secret", secret: clientSecret },
      { name: "the wrong client secret", secret: wrongClientSecret },
      ...tokens.given.map((secret) => ({ name: "a token of the target", secret })),
      { name: "WeCom's secret", secret: wecomSecret },
      ...tokensIn(wecom.urls).map((secret) => ({ name: "a token of WeCom", secret })),
    ],
  };
};

/** Writes a password into the exported file of passwords, in the row of its address, as an admin does, and one for nobody below. */
export const fillInPassword = async (file: string, way: Way): Promise<void> => {
  const workbook = new exceljs.Workbook();
  await workbook.xlsx.readFile(file);
  workbook.worksheets[0]?.eachRow((row) => {
    if (row.getCell(1).text === addressOf(way)) row.getCell(5).value = passwordFor(way);
  });
  workbook.worksheets[0]?.addRow([rejectedAddress, "", "", "", passwordForNobody]);
  await workbook.xlsx.writeFile(file);
};

/** The tokens that WeCom was asked with. */
const tokensIn = (urls: readonly string[]): string[] => [
  ...new Set(urls.flatMap((url) => new URL(url, "http://127.0.0.1").searchParams.getAll("access_token"))),
];

const writeAccounts = async (file: string): Promise<void> => {
  const workbook = new exceljs.Workbook();
  const members = workbook.addWorksheet("成员邮箱名单");
  members.addRow(["原邮箱地址*", "企业微信成员账号*", "原邮箱密码", "姓名", "所在部门"]);
  members.addRow([rejectedAddress, "nobody", passwordInBadRow, "nobody", ""]);
  for (const way of ways)
    members.addRow([addressOf(way), way, way === "sheet" ? passwordFor(way) : "", way, ""]);
  workbook.addWorksheet("公共邮箱名单").addRow(["公共邮箱地址*", "原邮箱密码", "使用成员", "名称"]);
  await workbook.xlsx.writeFile(file);
};
