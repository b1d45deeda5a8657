import { describe, expect, it } from "vitest";
import { OperatorCommand } from "../../events/operator-command.ts";
import { startAccounts } from "../../shared/accounts/start-accounts.ts";
import { type MailAddress, PassNumber } from "../../shared/contract/ids.ts";
import { LinkDigest } from "../../shared/contract/member-link.ts";
import type { Migration } from "../../shared/contract/migration.ts";
import { beginPass } from "../../shared/copy/progress.ts";
import { fanOut } from "../../shared/passes/fan-out.ts";
import { operatorCommand } from "../../shared/phases/operator-command.ts";
import { secondsAfter } from "../../shared/time/moment.ts";
import { type FakePipeline, pipelineWith, unhurried, workOff } from "../support/fake-pipeline.ts";
import { interruptEverywhere } from "../support/interruptions.ts";
import { completed, exampleAccount, exampleId, inAccounts, inHistory } from "../support/migration-example.ts";

const begun = exampleAccount(1, { state: completed(1, 3) });
const waiting = exampleAccount(2, {
  state: {
    status: "notStarted",
    pass: PassNumber.parse(1),
    reason: { kind: "passwordMissing", side: "source" },
  },
});
const fresh = exampleAccount(3);
const all = OperatorCommand.parse({ command: "clearAccounts", migrationId: exampleId, all: true });
const digest = LinkDigest.parse("a".repeat(43));

/** Accounts with a password for each side and a link to their member's page, and the run that brought them. */
const furnished = async (migration: Migration, accounts = [fresh, waiting]): Promise<FakePipeline> => {
  const app = await pipelineWith(migration, accounts);
  const { migrationId, createdAt } = migration;
  for (const { address } of accounts) {
    for (const side of ["source", "target"] as const)
      await app.vault.keep({ migrationId, address, side }, `Pw-${address}`);
    await app.memberLinks.replaceAccess(null, {
      migrationId,
      address,
      failures: 0,
      link: { digest, issuedAt: createdAt, expiresAt: secondsAfter(createdAt, 60), failures: 0 },
    });
  }
  const upload = { file: "accounts.xlsx" };
  await app.imports.put({ outcome: "running", migrationId, upload, startedAt: createdAt });
  return app;
};
const addresses = ({ accounts }: FakePipeline) => accounts.all(exampleId).map(({ address }) => address);
const linkOf = async ({ memberLinks }: FakePipeline, address: MailAddress) =>
  (await memberLinks.access({ migrationId: exampleId, address }))?.link;

describe("clearing the accounts", () => {
  it("leaves nothing of what was imported before the history begins, wherever it is cut off", async () => {
    const cuts = await interruptEverywhere({
      begin: () => furnished(inAccounts()),
      run: (app) => operatorCommand(app, all, unhurried),
      resume: async (app) => {
        // Where there is no run, the next import takes the migration for an empty one.
        const isEmpty = addresses(app).length + app.vault.count(exampleId) === 0;
        expect(isEmpty || (await app.imports.hasAny(exampleId))).toBe(true);
        await operatorCommand(app, all, unhurried);
      },
      check: async (app) => {
        expect(addresses(app)).toEqual([]);
        expect(app.vault.count(exampleId)).toBe(0);
        expect(await app.imports.list(exampleId)).toEqual([]);
        expect([await linkOf(app, fresh.address), await linkOf(app, waiting.address)]).toEqual([null, null]);
      },
    });
    expect(cuts).toBeGreaterThan(30);
  });

  it("removes only the accounts that are named, and their passwords", async () => {
    const app = await furnished(inAccounts());
    const command = OperatorCommand.parse({
      command: "clearAccounts",
      migrationId: exampleId,
      only: [fresh.address, "nobody@yunfan.example"],
    });
    expect(await operatorCommand(app, command, unhurried)).toEqual({
      outcome: "done",
      cleared: { removed: 1, kept: 0, keptFirst: [], left: 0 },
    });
    expect(addresses(app)).toEqual([waiting.address]);
    expect(app.vault.count(exampleId)).toBe(2);
    expect(await app.imports.list(exampleId)).toHaveLength(1);
  });

  it("keeps an account that has begun to copy, and says which", async () => {
    const app = await furnished(inHistory(), [begun, waiting, fresh]);
    expect(await operatorCommand(app, all, unhurried)).toEqual({
      outcome: "done",
      cleared: { removed: 2, kept: 1, keptFirst: [begun.address], left: 0 },
    });
    expect(addresses(app)).toEqual([begun.address]);
    expect(app.vault.count(exampleId)).toBe(2);
    expect(await linkOf(app, begun.address)).not.toBeNull();
    expect(await app.imports.list(exampleId)).toHaveLength(1);
  });

  it("does not remove an account that begins while it is being cleared", async () => {
    const app = await furnished(inHistory(), [fresh]);
    const { accounts } = app;
    const starting = Object.assign(app, {
      accounts: {
        ...portsOf(accounts),
        remove: async (account: typeof fresh) => {
          await beginPass(app, account, PassNumber.parse(1));
          return accounts.remove(account);
        },
      },
    });
    expect(await operatorCommand(starting, all, unhurried)).toMatchObject({
      outcome: "unfinished",
      cleared: { removed: 0, left: 1 },
    });
    expect(await operatorCommand(app, all, unhurried)).toMatchObject({
      outcome: "done",
      cleared: { removed: 0, kept: 1, left: 0 },
    });
  });

  it.each([
    ["the import", (app: FakePipeline) => startAccounts(app, { migrationId: exampleId }, [fresh.address])],
    ["the fan-out", (app: FakePipeline) => fanOut(app, { migrationId: exampleId }, unhurried)],
  ])("lets an account be imported anew in the same pass, which %s begins for it", async (_by, begin) => {
    const app = await pipelineWith(inHistory(), [fresh]);
    await fanOut(app, { migrationId: exampleId }, unhurried);
    app.workQueue.finish();
    for (const account of app.accounts.all(exampleId))
      await app.accounts.replace(account, { ...account, state: waiting.state });
    expect(await operatorCommand(app, all, unhurried)).toMatchObject({ cleared: { removed: 1 } });
    app.clock.advance(1);
    await app.accounts.createAll([{ ...fresh, importedAt: app.clock.now() }]);
    await begin(app);
    // Within five minutes SQS takes two plans of one pass for one: the second must not look like the first.
    expect(app.workQueue.waiting).toHaveLength(1);
    await workOff(app);
    expect(app.accounts.all(exampleId).map(({ state }) => state.status)).toEqual(["completed"]);
  });

  it("counts what it had no time for, and goes on when it is asked again", async () => {
    const many = Array.from({ length: 40 }, (_item, index) => exampleAccount(index + 1));
    const app = await furnished(inAccounts(), many);
    let looks = 0;
    const hurried = () => (++looks > 3 ? 0 : unhurried());
    const first = await operatorCommand(app, all, hurried);
    expect(first.outcome).toBe("unfinished");
    expect(first.cleared?.removed).toBeGreaterThan(0);
    expect((first.cleared?.removed ?? 0) + (first.cleared?.left ?? 0)).toBe(40);
    expect(addresses(app)).toHaveLength(first.cleared?.left ?? -1);
    expect(await operatorCommand(app, all, unhurried)).toMatchObject({ outcome: "done" });
    expect(addresses(app)).toEqual([]);
  });

  it("waits for no import, and lets none in meanwhile", async () => {
    const app = await furnished(inAccounts());
    const now = app.clock.now();
    const turn = { migrationId: exampleId, holder: "import x", number: 1, until: secondsAfter(now, 60) };
    await app.turns.create(turn);
    expect(await operatorCommand(app, all, unhurried)).toEqual({ outcome: "importUnderWay" });
    expect(addresses(app)).toHaveLength(2);
    app.clock.advance(61);
    expect(await operatorCommand(app, all, unhurried)).toMatchObject({ outcome: "done" });
    expect(await app.turns.get(exampleId)).toBeNull();
  });

  it("is not done by an order that neither names accounts nor says all", () => {
    for (const order of [{}, { all: true, only: ["a@yunfan.example"] }, { only: [] }])
      expect(
        OperatorCommand.safeParse({ command: "clearAccounts", migrationId: exampleId, ...order }).success,
      ).toBe(false);
  });
});

/** The methods of a fake as an object, so that one can be another. */
const portsOf = (accounts: FakePipeline["accounts"]) => ({
  get: accounts.get.bind(accounts),
  page: accounts.page.bind(accounts),
  replace: accounts.replace.bind(accounts),
});
