import type { DemoCompany } from "../company/company.ts";
import type { Dovecot } from "../dovecot/dovecot.ts";
import { seedMailbox } from "./seed-mailbox.ts";

/** Mailboxes filled at a time: the server's processes and ours share the machine, more would only queue. */
const AT_ONCE = 4;

/** Fills the old server with everything the description holds. @returns the number of messages. */
export async function seedMailboxes(
  server: Pick<Dovecot, "accessOf">,
  company: Pick<DemoCompany, "mailboxes">,
): Promise<number> {
  const waiting = company.mailboxes.values();
  const worker = async (): Promise<number> => {
    let seeded = 0;
    for (const { address, folders } of waiting) seeded += await seedMailbox(server, address, folders);
    return seeded;
  };
  const counts = await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return counts.reduce((sum, count) => sum + count, 0);
}
