import type { MailServers, MailSession, ServerAddress } from "../../shared/ports/mail-server.ts";

/** What sessions were asked since the last reset: the methods in their order, by side, and how many messages were told of. */
export class CountedServers implements Pick<MailServers, "enter"> {
  readonly #servers: Pick<MailServers, "enter">;
  asked: Record<ServerAddress["side"], string[]> = { source: [], target: [] };
  messages: Record<ServerAddress["side"], number> = { source: 0, target: 0 };
  /** The most messages that one answer told of. */
  largestAnswer = 0;

  constructor(servers: Pick<MailServers, "enter">) {
    this.#servers = servers;
  }

  reset(): void {
    this.asked = { source: [], target: [] };
    this.messages = { source: 0, target: 0 };
    this.largestAnswer = 0;
  }

  async enter(...entry: Parameters<MailServers["enter"]>): Promise<MailSession> {
    const [{ side }] = entry;
    const session = await this.#servers.enter(...entry);
    return new Proxy(session, {
      get: (target, name): unknown => {
        const member: unknown = Reflect.get(target, name, target);
        if (typeof member !== "function" || name === "leave" || name === "prepare") return member;
        return (...input: readonly unknown[]): unknown => {
          this.asked[side].push(String(name));
          const answer: unknown = Reflect.apply(member, target, input);
          if (name === "metadata" || name === "changedSince") void this.#count(side, answer);
          return answer;
        };
      },
    });
  }

  async #count(side: ServerAddress["side"], answer: unknown): Promise<void> {
    try {
      const told: unknown = await answer;
      if (!Array.isArray(told)) return;
      this.messages[side] += told.length;
      this.largestAnswer = Math.max(this.largestAnswer, told.length);
    } catch {
      // Whoever asked hears of it.
    }
  }
}
