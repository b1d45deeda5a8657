import { describe, expect, it } from "vitest";
import { deduplicationOf, MailboxWork } from "../../events/mailbox-work.ts";
import { noteVerified } from "../../shared/accounts/note-verified.ts";
import { Account } from "../../shared/contract/account.ts";
import { PassNumber } from "../../shared/contract/ids.ts";
import { Migration } from "../../shared/contract/migration.ts";
import { workMailbox } from "../../shared/copy/work-mailbox.ts";
import { mail } from "../support/copy-scenarios.ts";
import { CopyWorld } from "../support/copy-world.ts";
import { FakeMailServer } from "../support/fake-mail-server.ts";
import { FakeMailServerPair } from "../support/fake-mail-session.ts";
import { Interruption } from "../support/interruptions.ts";
import { exampleAccount, exampleId, inHistory } from "../support/migration-example.ts";
import { Tripwire } from "../support/tripwire.ts";

const member = exampleAccount(1);

const publicMailbox = (users: readonly string[]): Account => {
  const { migrationId, importedAt, state, copiedEver } = member;
  const address = "service@yunfan.example";
  return Account.parse({
    ...{ kind: "public", address, target: address, name: "服务", users: [...users] },
    ...{ migrationId, importedAt, state, copiedEver },
  });
};

interface WorldOptions {
  readonly users?: readonly string[];
  readonly migration?: Migration;
  readonly memberHasPassword?: boolean;
}

/** A member's mailbox and a public one whose user the member is; both have right passwords. */
const worldOf = async ({
  users = ["nobody", "Member1"],
  migration = inHistory({ fannedOut: true }),
  memberHasPassword = true,
}: WorldOptions = {}): Promise<CopyWorld> => {
  const [source, target] = [new FakeMailServer(), new FakeMailServer()];
  source.add("INBOX", mail("one"));
  const service = publicMailbox(users);
  const world = await CopyWorld.with(new FakeMailServerPair(source, target), service, migration);
  await world.accounts.createAll([member]);
  for (const side of memberHasPassword ? (["source", "target"] as const) : []) {
    await world.vault.keep({ migrationId: exampleId, address: member.address, side }, "secret");
  }
  return world;
};

const planOf = (account: Account): MailboxWork =>
  MailboxWork.parse({
    ...{ work: "plan", migrationId: exampleId, address: account.address, pass: PassNumber.parse(1) },
  });

const deliver = (world: CopyWorld, work: MailboxWork, ports = world, receiveCount = 1) =>
  workMailbox(ports, {
    ...{ work, messageId: deduplicationOf(work), receiveCount },
    remainingMilliseconds: () => 300_000,
    visitMilliseconds: world.visitMilliseconds,
  });

const stateOf = async (world: CopyWorld, { address }: Account) =>
  (await world.accounts.get(exampleId, address))?.state;

const service = publicMailbox(["nobody", "Member1"]);
const pairs = [
  { first: service, second: member },
  { first: member, second: service },
];

/** How many calls the first delivery makes in a world of its own. */
const callsOf = async (account: Account): Promise<number> => {
  const world = await worldOf();
  const wire = new Tripwire();
  await deliver(world, planOf(account), wire.string(world));
  return wire.calls;
};

const expectBothCompleted = async (world: CopyWorld, where: object): Promise<void> => {
  await world.workOff();
  const states = [await stateOf(world, service), await stateOf(world, member)];
  expect({ ...where, states }).toMatchObject({ states: [{ status: "completed" }, { status: "completed" }] });
};

describe("a public mailbox", () => {
  it("waits for its users, and starts with the first one who is let in", async () => {
    const world = await worldOf();
    await deliver(world, planOf(service));
    expect(await stateOf(world, service)).toMatchObject({
      ...{ status: "notStarted", pass: 1, reason: { kind: "awaitingUser" } },
    });
    await deliver(world, planOf(member));
    expect(await stateOf(world, service)).toMatchObject({ status: "copying", round: 1 });
    await expectBothCompleted(world, {});
    expect((await world.accounts.get(exampleId, service.address))?.verifiedAt).toBeDefined();
  });

  it.each(pairs)(
    "starts whatever the other mailbox' worker does in the midst of $first.kind's",
    async (pair) => {
      const calls = await callsOf(pair.first);
      expect(calls).toBeGreaterThan(8);
      for (let call = 1; call <= calls; call += 1) {
        const world = await worldOf();
        const wire = new Tripwire();
        wire.takeOver = async () => {
          await deliver(world, planOf(pair.second));
        };
        wire.arm({ call, moment: "after", fault: "takeover" });
        await deliver(world, planOf(pair.first), wire.string(world));
        await expectBothCompleted(world, { call });
      }
    },
  );

  it.each(pairs)("starts wherever the worker of $first.kind's mailbox dies", async (pair) => {
    const calls = await callsOf(pair.first);
    for (let call = 1; call <= calls; call += 1) {
      for (const moment of ["before", "after"] as const) {
        const world = await worldOf();
        const wire = new Tripwire();
        wire.arm({ call, moment, fault: "death" });
        await expect(deliver(world, planOf(pair.first), wire.string(world))).rejects.toThrow(Interruption);
        await deliver(world, planOf(pair.second));
        await deliver(world, planOf(pair.first), world, 2);
        await expectBothCompleted(world, { call, moment });
      }
    }
  });

  it("does not wait where no member is named, or one administrator's login opens every mailbox", async () => {
    const alone = await worldOf({ users: [] });
    await deliver(alone, planOf(service));
    expect(await stateOf(alone, service)).toMatchObject({ status: "copying" });

    const migration = inHistory({ fannedOut: true });
    const auth = { kind: "master", user: "admin", password: { secretArn: "arn:aws:x" } };
    const source = { ...migration.settings.source, auth };
    const world = await worldOf({
      migration: Migration.parse({ ...migration, settings: { ...migration.settings, source } }),
    });
    await deliver(world, planOf(service));
    expect(await stateOf(world, service)).toMatchObject({ status: "copying" });
  });

  it("goes on waiting when its user was not let in", async () => {
    const world = await worldOf({ memberHasPassword: false });
    await deliver(world, planOf(member));
    await deliver(world, planOf(service));
    expect(await stateOf(world, service)).toMatchObject({ reason: { kind: "awaitingUser" } });
  });

  it("starts when its own password was seen to be right", async () => {
    const world = await worldOf({ memberHasPassword: false });
    await deliver(world, planOf(service));
    const waiting = await world.accounts.get(exampleId, service.address);
    if (waiting === null) throw new Error("The account is gone.");
    await noteVerified(world, waiting);
    await world.workOff();
    expect(await stateOf(world, service)).toMatchObject({ status: "completed" });
  });

  it("is not started by a member's mailbox that was cleared and imported anew", async () => {
    const world = await worldOf();
    const { address, importedAt, migrationId } = member;
    if (member.kind !== "member") throw new Error("The example is no member.");
    const { memberId } = member;
    world.clock.advance(60);
    const earlier = { ...{ migrationId, memberId, address, at: importedAt }, importedAt: world.clock.now() };
    await world.users.putVerified(earlier);
    await deliver(world, planOf(service));
    expect(await stateOf(world, service)).toMatchObject({ reason: { kind: "awaitingUser" } });
  });
});
