import { join, resolve } from "node:path";
import { type DemoCompany, demoCompany } from "./company/company.ts";
import { type DemoFiles, writeDemoFiles } from "./company/demo-files.ts";
import { sourceSpecialUse } from "./company/folders.ts";
import { type Dovecot, startDovecot } from "./dovecot/dovecot.ts";
import type { MasterUser } from "./dovecot/options.ts";
import { ensurePrograms } from "./ensure-programs.ts";
import { rememberedPort } from "./remembered-port.ts";
import { seedOnce } from "./seeding/seed-once.ts";

/** The demo company with its old server full of mail and its new one empty. */
export interface RunningDemoCompany {
  readonly company: DemoCompany;
  /** Every mailbox opens with the password that stands in the accounts workbook. */
  readonly source: Dovecot;
  /** Empty mailboxes of the same addresses; `masterUser` opens them all. */
  readonly target: Dovecot;
  readonly files: DemoFiles;
  /** Ends both servers; their mail stays in the directory. */
  stop(): Promise<void>;
}

/** The new server's administrator, who writes into every mailbox there. */
const migrator: MasterUser = { user: "migrator", password: "migrator-of-yunfan" };

/**
 * Brings the demo company up. Started again in the same directory it goes on with the same mail on the same ports,
 * so that a migration that was cut off finds its servers again.
 *
 * @throws ProgramsMissing when Dovecot is not there and cannot be installed; DovecotStartError.
 */
export async function startDemoCompany(options: { readonly directory: string }): Promise<RunningDemoCompany> {
  await ensurePrograms(["dovecot"]);
  const company = demoCompany();
  const directory = resolve(options.directory);
  const directories = { source: join(directory, "source"), target: join(directory, "target") };
  const files = await writeDemoFiles(directory);

  const started: Dovecot[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(started.map((server) => server.stop()));
  };
  try {
    const source = await startDovecot({
      directory: directories.source,
      port: await rememberedPort(directories.source),
      accounts: company.mailboxes.map(({ address, password }) => ({ user: address, password })),
      specialUse: sourceSpecialUse,
    });
    started.push(source);
    const target = await startDovecot({
      directory: directories.target,
      port: await rememberedPort(directories.target),
      accounts: company.mailboxes.map(({ address }) => ({ user: address, password: `new-${address}` })),
      masterUser: migrator,
    });
    started.push(target);
    await seedOnce(source, company, directories.source);
    return { company, source, target, files, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
