import type { MailSession } from "../../shared/ports/mail-server.ts";

/**
 * A session that has one connection, as a real one has. What is asked of it while messages are being fetched would wait for as long as
 * nobody takes them, and for ever if it is whoever should take them that asks: here it is an error.
 */
export const oneConnection = (session: MailSession): MailSession => {
  let fetched: string | null = null;
  const requireIdle = (name: string): void => {
    if (fetched !== null) throw new Error(`${name} is asked while ${fetched} is being fetched`);
  };
  async function* fetch(...[path, uids]: Parameters<MailSession["fetch"]>) {
    requireIdle("fetch");
    fetched = `${uids} of ${path}`;
    try {
      yield* session.fetch(path, uids);
    } finally {
      fetched = null;
    }
  }
  return new Proxy(session, {
    get: (target, name): unknown => {
      const member: unknown = name === "fetch" ? fetch : Reflect.get(target, name, target);
      if (typeof member !== "function" || member.constructor.name !== "AsyncFunction") return member;
      if (name === "leave") return () => target.leave();
      return async (...input: readonly unknown[]): Promise<unknown> => {
        requireIdle(String(name));
        return Reflect.apply(member, target, input);
      };
    },
  });
};
