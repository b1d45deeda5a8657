import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { accountsWorkbook } from "./accounts-workbook.ts";
import { demoCompany } from "./company.ts";
import { membersFile } from "./members-file.ts";

/** Paths of what the admin of the demo company brings along. */
export interface DemoFiles {
  /** The filled-in accounts workbook. */
  readonly accounts: string;
  /** The members' directory. */
  readonly members: string;
}

/** Writes `accounts.xlsx` and `members.json` into the directory, over what was there. */
export async function writeDemoFiles(directory: string): Promise<DemoFiles> {
  const company = demoCompany();
  const files = { accounts: join(directory, "accounts.xlsx"), members: join(directory, "members.json") };
  await mkdir(directory, { recursive: true });
  // The workbook holds passwords.
  await writeFile(files.accounts, await accountsWorkbook(company), { mode: 0o600 });
  await writeFile(files.members, membersFile(company));
  return files;
}
