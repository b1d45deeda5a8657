import { onTestFinished } from "vitest";
import { type Dovecot, startDovecot } from "../../infra/local/demo/dovecot/dovecot.ts";
import type { DovecotOptions } from "../../infra/local/demo/dovecot/options.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

/** The account that is there when a test names none. */
export const someone = { user: "someone@mailferry.example", password: "right: \"p\\ss'word% 密码" } as const;

/** A Dovecot of the running test's own, gone with its mail when the test has finished. */
export async function privateDovecot(options: Partial<DovecotOptions> = {}): Promise<Dovecot> {
  const server = await startDovecot({
    directory: await temporaryDirectory(),
    accounts: [someone],
    ...options,
  });
  onTestFinished(() => server.stop());
  return server;
}
