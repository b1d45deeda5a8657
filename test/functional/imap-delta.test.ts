import type { ImapFlow } from "imapflow";
import { describe, expect, it } from "vitest";
import type { Dovecot } from "../../infra/local/demo/dovecot/dovecot.ts";
import { thinCapability } from "../../infra/local/demo/dovecot/options.ts";
import type { SeedMessage } from "../../infra/local/demo/seeding/append-messages.ts";
import { seedMailbox } from "../../infra/local/demo/seeding/seed-mailbox.ts";
import { listeningProxy } from "../support/listening-proxy.ts";
import { expectSameMailbox, openMailbox, snapshotMailbox } from "../support/mailbox-snapshot.ts";
import { privateDovecot, someone } from "../support/private-dovecot.ts";
import { makePass, realMailbox } from "../support/real-mailbox.ts";

const message = (subject: string): SeedMessage => ({
  raw: Buffer.from(`Subject: ${subject}\r\n\r\n${subject}\r\n`),
  flags: [],
  internalDate: new Date(Date.UTC(2014, 5, 6, 7, 8, 9)),
});
const folders = ["INBOX", "项目", "A/B", "C"].map((path) => ({
  path,
  messages: Array.from({ length: 30 }, (_, number) => message(`${path} ${number}`)),
}));

/** A mailbox that was copied once, between servers whose commands are heard. */
const copied = async (capability?: readonly string[]) => {
  const options = capability === undefined ? {} : { capability };
  const [source, target] = [await privateDovecot(options), await privateDovecot(options)];
  await seedMailbox(source, someone.user, folders);
  const proxies = { source: await listeningProxy(source), target: await listeningProxy(target) };
  const world = await realMailbox(proxies.source, proxies.target);
  expect((await makePass(world)).state).toMatchObject({ status: "completed", copiedInPass: 120 });
  const heard = () => ({ source: about(proxies.source.heard()), target: about(proxies.target.heard()) });
  heard();
  const same = async () =>
    expectSameMailbox(
      await snapshotMailbox(source.accessOf(someone.user)),
      await snapshotMailbox(target.accessOf(someone.user)),
    );
  return { source, target, world, heard, same };
};

/** Does something as a person would, in the INBOX of a server. */
const inInbox = async (server: Dovecot, change: (client: ImapFlow) => Promise<unknown>): Promise<void> => {
  const client = await openMailbox(server.accessOf(someone.user));
  await client.mailboxOpen("INBOX");
  await change(client);
  await client.logout();
};

/** The commands about folders and messages; what belongs to logging in and out is the same in every pass. */
const about = (commands: readonly string[]): readonly string[] =>
  commands
    .filter((said) => /^(LIST|LSUB|STATUS|EXAMINE|SELECT|FETCH|UID|CLOSE|UNSELECT|STORE|APPEND)/.test(said))
    .map((said) =>
      said
        .split(" ")
        .slice(0, said.startsWith("UID") ? 2 : 1)
        .join(" "),
    );

const count = (commands: readonly string[], name: string): number =>
  commands.filter((said) => said === name).length;

describe("a pass over an unchanged mailbox", () => {
  it("costs one list and its subscriptions on each side where it tells the status", async () => {
    const { world, heard } = await copied();
    expect((await makePass(world)).state).toMatchObject({ status: "completed", copiedInPass: 0 });
    expect(heard()).toEqual({ source: ["LSUB", "LIST"], target: ["LSUB", "LIST"] });
  });

  it("costs a look at each folder and the flags of the source on a thin server", async () => {
    const { world, heard } = await copied(thinCapability);
    for (let pass = 2; pass <= 3; pass += 1) {
      heard();
      expect((await makePass(world)).state).toMatchObject({ status: "completed", copiedInPass: 0 });
    }
    const { source, target } = heard();
    expect(count(source, "STATUS")).toBeLessThanOrEqual(8);
    expect(count(source, "UID FETCH")).toBe(4);
    const looking = ["STATUS", "EXAMINE", "LIST", "LSUB"];
    expect(target.filter((said) => !looking.includes(said))).toEqual([]);
    expect(count(target, "STATUS") + count(target, "EXAMINE")).toBeLessThanOrEqual(8);
  });
});

describe("a message that is deleted at the source after it was copied", () => {
  const deleted = async (at: { readonly source: Dovecot; readonly target: Dovecot }) => {
    await seedMailbox(at.source, someone.user, folders);
    const world = await realMailbox(at.source, at.target, { deletions: "propagate" });
    await makePass(world);
    await seedMailbox(at.target, someone.user, [{ path: "INBOX", messages: [message("of the target")] }]);
    await inInbox(at.target, async (client) => {
      for (const subject of ["INBOX 6", "of the target"]) {
        await client.messageFlagsAdd({ subject }, ["\\Deleted"]);
      }
    });
    await inInbox(at.source, (client) => client.messageDelete("5:7", { uid: true }));
    const { state, totals } = await makePass(world);
    expect(state).toMatchObject({ status: "completed", copiedInPass: 0 });
    expect(totals?.messages).toEqual({ source: 117, copied: 117, alreadyThere: 0, refused: 0 });
    const left: string[] = [];
    await inInbox(at.target, async (client) => {
      for await (const { envelope, flags } of client.fetch("1:*", { envelope: true, flags: true })) {
        left.push(`${envelope?.subject}${flags?.has("\\Deleted") === true ? ", deleted" : ""}`);
      }
    });
    return { left, summaries: await world.mailboxes.summaries(world.account) };
  };

  it("is expunged by its UID, and what a person marked or changed there is not", async () => {
    const { left, summaries } = await deleted({
      source: await privateDovecot(),
      target: await privateDovecot(),
    });
    expect(left).toHaveLength(29);
    expect(left.filter((subject) => /^INBOX [456]/.test(subject))).toEqual(["INBOX 6, deleted"]);
    expect(left).toContain("of the target, deleted");
    const inbox = summaries.find(({ sourcePath }) => sourcePath === "INBOX");
    expect(inbox?.deletions).toEqual({ removed: 2, marked: 0, kept: 1 });
  });

  it("is only marked where the target has no UIDPLUS", async () => {
    const target = await privateDovecot({ capability: ["IMAP4rev1", "NAMESPACE", "CONDSTORE", "ENABLE"] });
    const { left } = await deleted({ source: await privateDovecot(), target });
    expect(left).toHaveLength(31);
    const marked = ["INBOX 4, deleted", "INBOX 5, deleted", "INBOX 6, deleted", "of the target, deleted"];
    expect(left.filter((subject) => subject.includes("deleted")).toSorted()).toEqual(marked);
  });
});

describe("a pass over a changed mailbox", () => {
  it.each([
    ["a server with CONDSTORE", undefined],
    ["a thin server", thinCapability],
  ])("brings new mail and flags over and notices deletions on %s", async (_name, capability) => {
    const { source, target, world, same } = await copied(capability);
    await seedMailbox(source, someone.user, [{ path: "C", messages: [message("new")] }]);
    await inInbox(source, (client) => client.messageFlagsSet("2:3", ["\\Flagged"], { uid: true }));
    expect((await makePass(world)).state).toMatchObject({ status: "completed", copiedInPass: 1 });
    await same();

    await inInbox(source, (client) => client.messageDelete("5", { uid: true }));
    const { state, totals } = await makePass(world);
    expect(state).toMatchObject({ status: "completed", copiedInPass: 0 });
    expect(totals?.messages).toEqual({ source: 120, copied: 120, alreadyThere: 0, refused: 0 });
    const { folders: held } = await snapshotMailbox(target.accessOf(someone.user));
    expect(held.get("INBOX")).toHaveLength(30);
  });

  it("fetches nothing of the messages that are as they were", async () => {
    const { source, world, heard } = await copied();
    await seedMailbox(source, someone.user, [{ path: "C", messages: [message("new")] }]);
    await makePass(world);
    const { source: asked, target } = heard();
    expect(count(asked, "UID SEARCH")).toBe(1);
    // The plan, the copy's list and bodies, the flags since then, the verification and its sample.
    expect(count(asked, "UID FETCH") + count(asked, "FETCH")).toBeLessThanOrEqual(6);
    expect(count(target, "UID FETCH") + count(target, "FETCH")).toBeLessThanOrEqual(2);
  });
});
