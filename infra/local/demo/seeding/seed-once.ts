import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { DemoCompany } from "../company/company.ts";
import type { Dovecot } from "../dovecot/dovecot.ts";
import { seedMailboxes } from "./seed-mailboxes.ts";

/**
 * Fills the old server unless that was done before. A filling that was cut off is thrown away and begun anew:
 * added to, it would hold some messages twice.
 */
export async function seedOnce(
  server: Pick<Dovecot, "accessOf" | "maildirOf">,
  company: Pick<DemoCompany, "mailboxes">,
  directory: string,
): Promise<void> {
  const mark = join(directory, "seeded");
  if (existsSync(mark)) return;
  for (const { address } of company.mailboxes) {
    await rm(server.maildirOf(address), { recursive: true, force: true });
  }
  await seedMailboxes(server, company);
  await writeFile(mark, "");
}
