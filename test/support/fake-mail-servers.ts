import { type ErrorName, MailferryError } from "../../shared/contract/errors.ts";
import type { MailServers, ServerAddress } from "../../shared/ports/mail-server.ts";

/** Servers that answer a probe with their capabilities, or refuse it the way they were told to. */
export class FakeMailServers implements Pick<MailServers, "probe"> {
  readonly #failures = new Map<string, Extract<ErrorName, "ServerUnreachable" | "TlsFailed">>();
  readonly probed: ServerAddress[] = [];

  failProbe(host: string, error: Extract<ErrorName, "ServerUnreachable" | "TlsFailed">): void {
    this.#failures.set(host, error);
  }

  recover(host: string): void {
    this.#failures.delete(host);
  }

  async probe(server: ServerAddress): Promise<{ readonly capabilities: readonly string[] }> {
    this.probed.push(server);
    const failure = this.#failures.get(server.host);
    if (failure !== undefined) {
      const { side, host, port } = server;
      throw new MailferryError(failure, { side, host, port, reason: "as the test asked" });
    }
    return { capabilities: ["IMAP4rev1", server.side === "source" ? "CONDSTORE" : "UIDPLUS"] };
  }
}
