import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import exceljs from "exceljs";
import type { Dovecot } from "../demo/dovecot/dovecot.ts";
import type { Reached } from "./distant.ts";

/** Where a migration goes to: into mailboxes that a master user opens. */
export type MasterTarget = Reached & Pick<Dovecot, "masterUser">;

/** What `npm run migrate` reads, each in a file. */
export interface MigrationFiles {
  readonly settings: string;
  readonly accounts: string;
}

/** Writes the settings and the sheet of a migration of these mailboxes; `copy` is the settings' own, for what is not usual. */
export const writeMigrationFiles = async (
  directory: string,
  source: Reached,
  target: MasterTarget,
  users: readonly string[],
  copy: object = {},
): Promise<MigrationFiles> => {
  const settings = join(directory, "migration.json");
  await writeFile(settings, JSON.stringify({ ...settingsFor(source, target, users), copy }), { mode: 0o600 });
  const accounts = join(directory, "accounts.xlsx");
  await writeWorkbook(accounts, source, users);
  return { settings, accounts };
};

const settingsFor = (source: Reached, target: MasterTarget, [user = ""]: readonly string[]) => {
  const server = (reached: Reached) => {
    const { host, port } = reached.accessOf(user);
    return { host, port, tls: "none" };
  };
  const { masterUser } = target;
  return {
    domain: "example.test",
    source: server(source),
    target: {
      kind: "imap",
      ...server(target),
      auth: { kind: "master", user: masterUser?.user, password: masterUser?.password },
    },
    mx: { resolvers: ["127.0.0.1:9"], authoritative: ["127.0.0.1:9"] },
  };
};

const writeWorkbook = async (file: string, source: Reached, users: readonly string[]): Promise<void> => {
  const workbook = new exceljs.Workbook();
  const members = workbook.addWorksheet("Members");
  members.addRow(["原邮箱地址", "企业微信成员账号", "原邮箱密码"]);
  const directory = workbook.addWorksheet("Directory");
  directory.addRow(["企业邮箱", "账号", "姓名"]);
  for (const [index, user] of users.entries()) {
    members.addRow([user, `member${index}`, source.accessOf(user).password]);
    directory.addRow([user, `member${index}`, `Member ${index}`]);
  }
  await workbook.xlsx.writeFile(file);
};
