import { imapMailServers } from "../../functions/adapters/imap/mail-servers.ts";
import type { DovecotOptions } from "../../infra/local/demo/dovecot/options.ts";
import type { MailServers } from "../../shared/ports/mail-server.ts";
import { type Fault, faultProxy } from "./fault-proxy.ts";
import { filledSource } from "./hard-mailbox.ts";
import { privateDovecot } from "./private-dovecot.ts";
import { realMailbox } from "./real-mailbox.ts";

/** The hard mailbox on its way between two real servers, a fault in front of the target. */
export const faultyTarget = async (
  fault: Fault,
  options: Partial<DovecotOptions> = {},
  mailServers: Pick<MailServers, "enter"> = imapMailServers(),
) => {
  const [source, target] = [await filledSource(), await privateDovecot(options)];
  const proxy = await faultProxy(target);
  proxy.arm(fault);
  return { source, target, proxy, world: await realMailbox(source, proxy, {}, mailServers) };
};

/** The command that takes messages to the target. */
export const append = { at: /^APPEND /i } as const;

/** The first APPEND is answered with NO and these words. */
export const refused = (words: string) => ({ ...append, nth: 1, does: "refuse", words }) as const;
