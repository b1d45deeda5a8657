import { describe, expect, it } from "vitest";
import { FolderPath } from "../../shared/contract/ids.ts";
import type { MailSession } from "../../shared/ports/mail-server.ts";
import type { MailboxStore } from "../../shared/ports/mailbox-store.ts";
import { mail } from "../support/copy-scenarios.ts";
import { CopyWorld } from "../support/copy-world.ts";
import { CountedServers } from "../support/counted-servers.ts";
import { FakeMailServer } from "../support/fake-mail-server.ts";
import { FakeMailServerPair } from "../support/fake-mail-session.ts";
import { instead } from "../support/instead.ts";
import { over } from "../support/over.ts";

const capabilities = ["IMAP4rev1", "UIDPLUS", "CONDSTORE", "LIST-STATUS"];
const subjects = ["one", "two", "three", "four"];

/** A mailbox that is copied in one visit, with sessions that may do something in their own way. */
const world = async (differing: {
  readonly source?: (session: MailSession) => Partial<MailSession>;
  readonly target?: (session: MailSession) => Partial<MailSession>;
}) => {
  const [source, target] = [new FakeMailServer({ capabilities }), new FakeMailServer({ capabilities })];
  for (const path of ["INBOX", "Work"]) {
    if (path !== "INBOX") source.create(path, { subscribed: true });
    for (const subject of subjects) source.add(path, mail(`${path} ${subject}`), ["\\Seen"]);
  }
  const pair = new FakeMailServerPair(source, target);
  const servers = new CountedServers({
    enter: async (address, login) => {
      const session = await pair.enter(address, login);
      return instead(session, differing[address.side]?.(session) ?? {});
    },
  });
  const copied = await CopyWorld.with(servers);
  copied.visitMilliseconds = 60_000;
  await copied.startPass();
  return { source, target, servers, world: copied };
};

const looks = (asked: readonly string[], name: string): number =>
  asked.filter((question) => question === name).length;

describe("the messages of new folders", () => {
  it("are asked for while the target still makes and subscribes to them, and not again", async () => {
    const asked = Promise.withResolvers<void>();
    let folders = 0;
    const { world: copied, servers } = await world({
      source: (session) => ({
        sizes: (path, uids) => {
          folders += 1;
          if (folders === 2) asked.resolve();
          return session.sizes(path, uids);
        },
      }),
      // It makes nothing before both have been asked about.
      target: (session) => ({
        createTogether: async (names) => {
          await asked.promise;
          return session.createTogether(names);
        },
      }),
    });
    await copied.workOff();
    expect((await copied.state()).state).toMatchObject({ status: "completed", copiedInPass: 8 });
    expect(looks(servers.asked.source, "sizes")).toBe(2);
    // Their dates and flags came with their octets.
    expect(looks(servers.asked.source, "metadata")).toBe(0);
  });

  it("are asked for once more by the next visit where one could not read them", async () => {
    let isLost = false;
    const { world: copied, servers } = await world({
      source: (session) => ({
        sizes: (path, uids) => {
          const first = !isLost;
          isLost = true;
          return first ? Promise.reject(new Error("the line is dead")) : session.sizes(path, uids);
        },
      }),
    });
    await copied.workOff();
    expect((await copied.state()).state).toMatchObject({ status: "completed", copiedInPass: 8 });
    expect(looks(servers.asked.source, "sizes")).toBe(4);
  });
});

describe("the first messages", () => {
  /** A world whose store of batches does something in its own way. */
  const storing = async (
    differing: (store: MailboxStore) => Partial<MailboxStore>,
    source?: (session: MailSession) => Partial<MailSession>,
  ) => {
    const begun = await world(source === undefined ? {} : { source });
    const { mailboxes }: { readonly mailboxes: MailboxStore } = begun.world;
    const fencedBy: MailboxStore["fencedBy"] = (token) => {
      const store = mailboxes.fencedBy(token);
      return instead(store, differing(store));
    };
    return { ...begun, ports: over(begun.world, { mailboxes: instead(mailboxes, { fencedBy }) }) };
  };

  it("are fetched while their batch is being stored, once", async () => {
    const fetched = Promise.withResolvers<void>();
    const {
      world: copied,
      servers,
      ports,
    } = await storing(
      (store) => ({
        createBatch: async (batch) => {
          await fetched.promise;
          return store.createBatch(batch);
        },
      }),
      (session) => ({
        fetch: async function* (path, uids) {
          fetched.resolve();
          yield* session.fetch(path, uids);
        },
      }),
    );
    await copied.workOff(ports);
    expect((await copied.state()).state).toMatchObject({ status: "completed", copiedInPass: 8 });
    expect(looks(servers.asked.source, "fetch")).toBe(2);
  });

  it("are fetched once more where the store has the batch already, as after an answer that was lost", async () => {
    const {
      world: copied,
      servers,
      ports,
      target,
    } = await storing((store) => ({
      createBatch: async (batch) => {
        await store.createBatch(batch);
        return false;
      },
    }));
    await copied.workOff(ports);
    expect((await copied.state()).state).toMatchObject({ status: "completed", copiedInPass: 8 });
    expect(target.appended).toBe(8);
    expect(looks(servers.asked.source, "fetch")).toBe(4);
  });

  it("are left, with the connection, where the batch cannot be stored, and copied by the next visit", async () => {
    let failures = 1;
    const {
      world: copied,
      ports,
      target,
    } = await storing((store) => ({
      createBatch: async (batch) => {
        failures -= 1;
        if (failures >= 0) throw new Error("the table is gone");
        return store.createBatch(batch);
      },
    }));
    await copied.workOff(ports);
    expect((await copied.state()).state).toMatchObject({ status: "completed", copiedInPass: 8 });
    expect(target.appended).toBe(8);
  });
});

describe("the sample of a folder", () => {
  it("is read while its metadata are still on their way, once", async () => {
    const read = Promise.withResolvers<void>();
    let isVerifying = false;
    const { world: copied, servers } = await world({
      target: (session) => ({
        digests: (path, uids) => {
          isVerifying = true;
          read.resolve();
          return session.digests(path, uids);
        },
        metadata: async (path, uids) => {
          await read.promise;
          return session.metadata(path, uids);
        },
      }),
    });
    await copied.workOff();
    expect(isVerifying).toBe(true);
    expect((await copied.state()).state).toMatchObject({ status: "completed", copiedInPass: 8 });
    expect(looks(servers.asked.target, "digests")).toBe(2);
  });

  it("is chosen anew from what the target really has, where that is not all", async () => {
    const {
      world: copied,
      target,
      servers,
    } = await world({
      target: (session) => ({
        metadata: async (path, uids) => {
          // Somebody removes one at the last moment.
          if (path === "INBOX") target.remove("INBOX", 2);
          return session.metadata(path, uids);
        },
      }),
    });
    await copied.workOff();
    expect((await copied.state()).state).toMatchObject({
      status: "failed",
      error: { name: "MailboxUnbalanced" },
    });
    expect(looks(servers.asked.target, "digests")).toBe(3);
    await copied.startPass();
    await copied.workOff();
    expect((await copied.state()).state).toMatchObject({ status: "completed" });
    expect(target.folders.get(FolderPath.parse("INBOX"))?.messages).toHaveLength(4);
  });
});
