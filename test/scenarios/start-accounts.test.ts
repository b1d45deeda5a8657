import { describe, expect, it } from "vitest";
import { startAccounts } from "../../shared/accounts/start-accounts.ts";
import type { Account } from "../../shared/contract/account.ts";
import { MailferryError } from "../../shared/contract/errors.ts";
import { MailAddress, PassNumber } from "../../shared/contract/ids.ts";
import type { Pass } from "../../shared/contract/pass.ts";
import { toStoredError } from "../../shared/contract/stored-error.ts";
import { fanOut } from "../../shared/passes/fan-out.ts";
import { isCopying } from "../../shared/passes/participation.ts";
import { requestPass } from "../../shared/passes/request-pass.ts";
import { settlePass } from "../../shared/passes/settle-pass.ts";
import { operatorCommand } from "../../shared/phases/operator-command.ts";
import { tick } from "../../shared/tick/tick.ts";
import { mail } from "../support/copy-scenarios.ts";
import { CopyWorld } from "../support/copy-world.ts";
import { FakeMailServer } from "../support/fake-mail-server.ts";
import { FakeMailServerPair } from "../support/fake-mail-session.ts";
import { type FakePipeline, pipelineWith, unhurried, workOff } from "../support/fake-pipeline.ts";
import { interruptEverywhere } from "../support/interruptions.ts";
import { completed, exampleAccount, exampleId, inAccounts, inHistory } from "../support/migration-example.ts";

const refused = (round?: number): Account["state"] => ({
  status: "notStarted",
  pass: PassNumber.parse(1),
  reason: { kind: "passwordMissing", side: "source" },
  ...(round === undefined ? {} : { round }),
});

const failed: Account["state"] = {
  status: "failed",
  pass: PassNumber.parse(1),
  since: inHistory().createdAt,
  error: toStoredError(new MailferryError("BatchesUnfinished", { count: 1, mailbox: "-", reason: "-" })),
};

const addresses = (...numbers: readonly number[]) =>
  numbers.map((number) => MailAddress.parse(`member${number}@yunfan.example`));

/** A settled first pass in which the accounts ended so. */
const afterPass = async (...states: readonly Account["state"][]): Promise<FakePipeline> => {
  const accounts = states.map((state, number) => exampleAccount(number, { state }));
  const app = await pipelineWith(inHistory({ fannedOut: true }), accounts);
  await settlePass(app, exampleId);
  return app;
};

const statuses = (app: FakePipeline) => app.accounts.all(exampleId).map(({ state }) => state.status);

const portsOf = ({ clock, migrations, workQueue, workflow, vault }: FakePipeline) => ({
  ...{ clock, migrations, workQueue, workflow, vault },
});

const passOf = async (app: FakePipeline) => {
  const migration = await app.migrations.get(exampleId);
  return migration !== null && isCopying(migration) ? migration.pass : null;
};

describe("accounts that did not start", () => {
  it("take part in the settled pass again, wherever their start is interrupted, and the pass settles anew", async () => {
    const cuts = await interruptEverywhere({
      begin: () => afterPass(completed(1, 3), refused(), failed, refused(4)),
      run: async (app) => {
        await startAccounts(app, { migrationId: exampleId }, addresses(0, 1, 2, 3, 9));
        await workOff(app, () => 2);
      },
      resume: async (app) => {
        await startAccounts(app, { migrationId: exampleId }, addresses(0, 1, 2, 3, 9));
        await workOff(app, () => 2);
        await tick(app, unhurried);
        await workOff(app, () => 2);
      },
      check: async (app, cutOff) => {
        expect(statuses(app)).toEqual(["completed", "completed", "completed", "completed"]);
        expect(app.accounts.all(exampleId).map(({ copiedEver }) => copiedEver)).toEqual([0, 2, 2, 2]);
        expect(app.workQueue.waiting).toEqual([]);
        if (cutOff === null) await tick(app, unhurried);
        expect(await passOf(app)).toMatchObject({ number: 1, fannedOut: true, copied: 9 });
        expect((await passOf(app))?.settledAt).toBeDefined();
      },
    });
    expect(cuts).toBeGreaterThan(20);
  });

  it("begin by their message alone when whoever sent it dies at once", async () => {
    const app = await afterPass(refused());
    const accounts = {
      get: app.accounts.get.bind(app.accounts),
      replace: async () => Promise.reject("dead"),
    };
    const { clock, migrations, workQueue } = app;
    await expect(
      startAccounts({ clock, migrations, workQueue, accounts }, { migrationId: exampleId }, addresses(0)),
    ).rejects.toBe("dead");
    await workOff(app);
    expect(statuses(app)).toEqual(["completed"]);
  });

  it("are started once by two callers at once", async () => {
    const app = await afterPass(refused());
    await Promise.all([1, 2].map(() => startAccounts(app, { migrationId: exampleId }, addresses(0))));
    expect(app.workQueue.waiting).toHaveLength(1);
    expect(app.workQueue.waiting[0]).toMatchObject({ work: "plan", pass: 1, round: 1 });
  });

  it("carry a later round each time, so that the queue does not take their plan for the one before", async () => {
    const app = await afterPass(refused(4));
    await startAccounts(app, { migrationId: exampleId }, addresses(0));
    expect(app.workQueue.waiting[0]).toMatchObject({ round: 5 });
    expect(app.accounts.all(exampleId)[0]?.state).toMatchObject({ status: "copying", round: 5 });
  });

  it("are not begun again by a plan of the round that ended", async () => {
    const app = await afterPass(refused(4));
    await startAccounts(app, { migrationId: exampleId }, addresses(0));
    const [account] = app.accounts.all(exampleId);
    if (account !== undefined) await app.accounts.replace(account, { ...account, state: refused(5) });
    await workOff(app);
    expect(statuses(app)).toEqual(["notStarted"]);
  });

  it("begin a newer pass with that pass' own plan, also when it names others only", async () => {
    const app = await afterPass(completed(1), refused(2));
    const requested = await requestPass(app, exampleId, "delta", { only: addresses(0) });
    await fanOut(app, requested?.migration ?? inHistory(), unhurried);
    await startAccounts(app, { migrationId: exampleId }, addresses(1));
    expect(app.workQueue.waiting.map(({ address, pass, round }) => ({ address, pass, round }))).toEqual([
      { address: addresses(0)[0], pass: 2 },
      { address: addresses(1)[0], pass: 2 },
    ]);
    await workOff(app);
    await tick(app, unhurried);
    expect((await passOf(app))?.settledAt).toBeDefined();
  });

  it("wait for the first pass while the migration does not copy yet", async () => {
    const app = await pipelineWith(inAccounts(), [exampleAccount(0)]);
    expect(await startAccounts(app, { migrationId: exampleId }, addresses(0))).toEqual([]);
    expect(app.workQueue.waiting).toEqual([]);
  });

  it("leave a settled pass settled when there is none to start", async () => {
    const app = await afterPass(completed(1));
    expect(await startAccounts(app, { migrationId: exampleId }, addresses(0, 5))).toEqual([]);
    expect((await passOf(app))?.settledAt).toBeDefined();
  });

  it.each([true, false])(
    "keep their pass open against a proof from before, fanned out or not: %s",
    async (fannedOut) => {
      const app = await afterPass(refused());
      const amend = async (change: (pass: Pass) => Pass): Promise<void> => {
        const migration = await app.migrations.get(exampleId);
        if (migration === null || !isCopying(migration)) throw new Error("The example has no pass.");
        await app.migrations.replace(migration, { ...migration, pass: change(migration.pass) });
      };
      await amend(({ settledAt: _settledAt, copied: _copied, ...pass }) => pass);
      const start = async (): Promise<void> => {
        // Somebody else is at it too: their opening is what this one finds, and is closed while this one goes on.
        if (!fannedOut) await amend((pass) => ({ ...pass, fannedOut }));
        const accounts = {
          get: app.accounts.get.bind(app.accounts),
          replace: async (...change: Parameters<typeof app.accounts.replace>) => {
            if (!fannedOut) await amend((pass) => ({ ...pass, fannedOut: true }));
            return app.accounts.replace(...change);
          },
        };
        await startAccounts({ ...portsOf(app), accounts }, { migrationId: exampleId }, addresses(0));
      };
      let begun = false;
      const accounts = {
        mayHaveOpen: async () => false,
        page: async (...query: Parameters<typeof app.accounts.page>) => {
          const page = await app.accounts.page(...query);
          if (!begun && query[1] === 7) {
            begun = true;
            await start();
          }
          return page;
        },
      };
      const answer = await settlePass({ ...portsOf(app), accounts }, exampleId);
      expect({ answer, begun }).toEqual({ answer: "running", begun: true });
      expect(await passOf(app)).toMatchObject({ fannedOut: true });
      expect((await passOf(app))?.settledAt).toBeUndefined();
    },
  );
});

describe("restarting", () => {
  const restart = (app: FakePipeline, only: readonly MailAddress[] = [], remaining = unhurried) =>
    operatorCommand(app, { command: "startPass", migrationId: exampleId, only: [...only] }, remaining);

  /** A pass that still runs, because the last account is under way. */
  const runningPass = async (...states: readonly Account["state"][]): Promise<FakePipeline> => {
    const { createdAt } = inHistory();
    const done = { batches: 0, messages: 0, bytes: 0 };
    const copying = { status: "copying", pass: PassNumber.parse(1), since: createdAt, done } as const;
    return afterPass(...states, copying);
  };

  it("lets accounts that failed or did not start begin the running pass once more, all or those named", async () => {
    const app = await runningPass(completed(1), refused(), failed);
    expect(await restart(app, addresses(2))).toEqual({ outcome: "done", pass: 1 });
    expect(statuses(app)).toEqual(["completed", "notStarted", "copying", "copying"]);
    expect(await restart(app)).toEqual({ outcome: "done", pass: 1 });
    expect(statuses(app)).toEqual(["completed", "copying", "copying", "copying"]);
    expect(await restart(app)).toEqual({ outcome: "standing", pass: 1 });
  });

  it("stops where its time ends, and says so", async () => {
    const app = await runningPass(failed);
    expect(await restart(app, [], () => 500)).toEqual({ outcome: "unfinished", pass: 1 });
    expect(statuses(app)).toEqual(["failed", "copying"]);
  });
});

describe("an account that joins a pass which tries refused messages only", () => {
  it("copies everything all the same", async () => {
    const [source, target] = [new FakeMailServer(), new FakeMailServer()];
    source.add("INBOX", mail("one"));
    const world = await CopyWorld.with(
      new FakeMailServerPair(source, target),
      exampleAccount(1),
      inHistory({ fannedOut: true, refusedOnly: true }),
    );
    await world.startPass();
    await world.workOff();
    expect((await world.state()).state).toMatchObject({ status: "completed", copiedInPass: 1 });
    expect(target.content()).toEqual(source.content());
  });
});
