import type { FolderPath } from "../../shared/contract/ids.ts";
import type {
  Login,
  MailServers,
  MailSession,
  OutgoingMessage,
  ServerAddress,
} from "../../shared/ports/mail-server.ts";
import type { FakeMailServer } from "./fake-mail-server.ts";

/** A target that goes on storing what was sent to it for a long time after the connection was lost. */
export class LateServer implements Pick<MailServers, "enter"> {
  readonly #servers: Pick<MailServers, "enter">;
  readonly #target: FakeMailServer;
  readonly #late: { readonly path: FolderPath; readonly message: OutgoingMessage }[] = [];
  /** How many APPENDs from now on lose their connection, with what they sent still to be stored. */
  losing = 0;

  constructor(servers: Pick<MailServers, "enter">, target: FakeMailServer) {
    this.#servers = servers;
    this.#target = target;
  }

  async enter(server: ServerAddress, login: Login): Promise<MailSession> {
    const session = await this.#servers.enter(server, login);
    if (server.side === "source") return session;
    const append: MailSession["append"] = async (path, messages) => {
      if (this.losing === 0) return session.append(path, messages);
      this.losing -= 1;
      this.#late.push(...messages.map((message) => ({ path, message })));
      return messages.map(() => ({ outcome: "unknown", reason: "the connection was cut" }));
    };
    return new Proxy(session, {
      get: (target, name): unknown => {
        const member: unknown = name === "append" ? append : Reflect.get(target, name, target);
        return typeof member === "function" && name !== "append" ? member.bind(target) : member;
      },
    });
  }

  /** Now it has stored all of it. */
  storeAll(): void {
    for (const { path, message } of this.#late.splice(0)) {
      this.#target.add(path, message.raw, message.flags, message.internalDate);
    }
  }
}
