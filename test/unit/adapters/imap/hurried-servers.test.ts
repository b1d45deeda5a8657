import { describe, expect, it } from "vitest";
import { hurriedServers } from "../../../../functions/adapters/imap/hurried-servers.ts";
import type { LoginServers } from "../../../../shared/credentials/try-password.ts";
import type { ServerAddress } from "../../../../shared/ports/mail-server.ts";

const server: ServerAddress = { side: "source", host: "imap.example.test", port: 993, tls: "implicit" };
const login = { mailbox: "a@example.test", user: "a@example.test", password: "p" };

/** A server whose login ends when the test says so, and a pause that does. */
const slowWorld = () => {
  const entering = Promise.withResolvers<Awaited<ReturnType<LoginServers["enter"]>>>();
  const left = Promise.withResolvers<void>();
  const pause = Promise.withResolvers<void>();
  const asked: ServerAddress[] = [];
  let isOver: AbortSignal | undefined;
  const hurried = hurriedServers(
    {
      enter: (address) => {
        asked.push(address);
        return entering.promise;
      },
    },
    8_000,
    (_milliseconds, signal) => {
      isOver = signal;
      return pause.promise;
    },
  );
  const session = { leave: async () => left.resolve() };
  return { hurried, entering, left, pause, asked, session, isPauseOver: () => isOver?.aborted };
};

describe("a server in a hurry", () => {
  it("hands on a login in time and stops waiting", async () => {
    const { hurried, entering, asked, session, isPauseOver } = slowWorld();
    entering.resolve(session);
    expect(await hurried.enter(server, login)).toBe(session);
    expect(asked).toEqual([{ ...server, silenceMilliseconds: 8_000 }]);
    expect(isPauseOver()).toBe(true);
  });

  it("hands on a failure as it is", async () => {
    const { hurried, entering } = slowWorld();
    entering.reject(new Error("as it is"));
    await expect(hurried.enter(server, login)).rejects.toThrow("as it is");
  });

  it("calls a login that takes too long unreachable, and leaves the session that comes about later", async () => {
    const { hurried, entering, left, pause, session } = slowWorld();
    pause.resolve();
    await expect(hurried.enter(server, login)).rejects.toMatchObject({
      name: "ServerUnreachable",
      evidence: { side: "source", reason: "no answer to the login within 8 s" },
    });
    entering.resolve(session);
    await left.promise;
  });
});
