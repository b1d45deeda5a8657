import type { MailSession } from "../../shared/ports/mail-server.ts";

/**
 * A session that has one connection, as a real one has: messages come when all have been taken that were asked for before. Anything else
 * that is asked of it meanwhile would wait for as long as nobody takes them, and for ever if it is whoever should take them that asks: here
 * it is an error.
 */
export const oneConnection = (session: MailSession): MailSession => {
  const fetched = new Set<string>();
  let last: Promise<unknown> = Promise.resolve();
  const requireIdle = (name: string): void => {
    const [first] = fetched;
    if (first !== undefined) throw new Error(`${name} is asked while ${first} is being fetched`);
  };
  async function* fetch(...[path, uids]: Parameters<MailSession["fetch"]>) {
    const before = last;
    const { promise, resolve: end } = Promise.withResolvers<void>();
    last = promise;
    const what = `${uids} of ${path}`;
    fetched.add(what);
    try {
      await before;
      yield* session.fetch(path, uids);
    } finally {
      fetched.delete(what);
      end();
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
