import { type ErrorName, MailferryError } from "../../shared/contract/errors.ts";
import type { LoginServers } from "../../shared/credentials/try-password.ts";
import type { Login, MailSession, ServerAddress } from "../../shared/ports/mail-server.ts";

type Failure = Extract<ErrorName, "ServerBusy" | "ServerUnreachable" | "ConnectionLost" | "TlsFailed">;

/** A mail server that knows one password, and fails as often as it was told to. */
export class FakeLoginServers implements LoginServers {
  password: string;
  #failures: Failure[] = [];
  /** Logins that were tried. */
  logins = 0;
  /** Sessions that nobody has left. */
  open = 0;

  constructor(password: string) {
    this.password = password;
  }

  /** The next logins fail so, one after the other. */
  failNext(...failures: Failure[]): void {
    this.#failures = failures;
  }

  /** Happens once, while the next login is under way. */
  meanwhile: () => Promise<unknown> = async () => undefined;

  async enter(server: ServerAddress, login: Login): Promise<Pick<MailSession, "leave">> {
    this.logins += 1;
    const failure = this.#failures.shift();
    const { meanwhile } = this;
    this.meanwhile = async () => undefined;
    await meanwhile();
    const { side, host, port } = server;
    if (failure === "ServerBusy") throw new MailferryError(failure, { side, host, words: "try later" });
    if (failure === "ConnectionLost") throw new MailferryError(failure, { side, host, reason: "reset" });
    if (failure !== undefined) throw new MailferryError(failure, { side, host, port, reason: "as asked" });
    if (login.password !== this.password) {
      const words = `no such password: ${String(login.password)}`;
      throw new MailferryError("LoginRefused", { side, mailbox: login.mailbox, words });
    }
    this.open += 1;
    return {
      leave: async () => {
        this.open -= 1;
      },
    };
  }
}
