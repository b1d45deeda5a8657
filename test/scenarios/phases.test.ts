import { describe, expect, it } from "vitest";
import { MigrationId } from "../../shared/contract/ids.ts";
import { closeMigration } from "../../shared/phases/close-migration.ts";
import { openPhase } from "../../shared/phases/open-phase.ts";
import { operatorCommand } from "../../shared/phases/operator-command.ts";
import { tick } from "../../shared/tick/tick.ts";
import { type FakePipeline, pipelineWith, unhurried, workOff } from "../support/fake-pipeline.ts";
import { interruptEverywhere } from "../support/interruptions.ts";
import {
  awaitedWith,
  completed,
  exampleAccount,
  exampleId,
  inAccounts,
  inHistory,
  inSwitch,
} from "../support/migration-example.ts";
import { recorded } from "../support/recorded.ts";

const open = (app: FakePipeline, phase: "accounts" | "history" | "switch", taskToken = `${phase}-token`) => {
  app.workflow.wait(taskToken);
  return openPhase(app, { migrationId: exampleId, phase, taskToken }, unhurried);
};

const password = { migrationId: exampleId, address: exampleAccount(1).address, side: "source" } as const;

describe("opening the accounts phase", () => {
  it("keeps the token and waits for the operator", async () => {
    const app = await pipelineWith(inAccounts(), [exampleAccount(1)]);
    await open(app, "accounts");
    expect(app.workflow.succeeded).toEqual([]);
    expect(
      await operatorCommand(app, { command: "finishAccounts", migrationId: exampleId }, unhurried),
    ).toEqual({
      outcome: "done",
    });
    expect(app.workflow.succeeded).toEqual(["accounts-token"]);
  });

  it("ends its wait at once when the operator was faster than the workflow", async () => {
    const app = await pipelineWith(inAccounts(), [exampleAccount(1)]);
    await operatorCommand(app, { command: "finishAccounts", migrationId: exampleId }, unhurried);
    await open(app, "accounts");
    expect(app.workflow.succeeded).toEqual(["accounts-token"]);
  });

  it("is ended once by the operator, wherever that is interrupted", async () => {
    await interruptEverywhere({
      begin: async () => {
        const app = await pipelineWith(inAccounts(), [exampleAccount(1)]);
        await open(app, "accounts");
        return app;
      },
      run: (app) => operatorCommand(app, { command: "finishAccounts", migrationId: exampleId }, unhurried),
      check: (app) => expect(app.workflow.succeeded).toEqual(["accounts-token"]),
    });
  });

  it("cannot be ended before an account is there", async () => {
    const app = await pipelineWith(inAccounts());
    await open(app, "accounts");
    const answer = await operatorCommand(
      app,
      { command: "finishAccounts", migrationId: exampleId },
      unhurried,
    );
    expect(answer).toEqual({ outcome: "noAccounts" });
    expect(app.workflow.succeeded).toEqual([]);
    expect(await recorded(app)).toEqual(awaitedWith("accounts-token", inAccounts()));
  });
});

describe("opening the history phase", () => {
  it("requests the initial pass and sends it out, wherever it is interrupted", async () => {
    const cuts = await interruptEverywhere({
      begin: () => pipelineWith(inAccounts(), [exampleAccount(1), exampleAccount(2)]),
      run: (app) => open(app, "history"),
      check: async (app) => {
        expect(await recorded(app)).toMatchObject({
          phase: "history",
          taskToken: "history-token",
          pass: { number: 1, kind: "initial", fannedOut: true },
        });
        expect(app.workQueue.waiting.map(({ work, pass }) => [work, pass])).toEqual([
          ["plan", 1],
          ["plan", 1],
        ]);
        expect(app.workflow.succeeded).toEqual([]);
      },
    });
    expect(cuts).toBeGreaterThan(30);
  });

  it("ends its wait at once when the history is already copied or passed", async () => {
    const settled = { fannedOut: true, settledAt: inHistory().createdAt, copied: 4 };
    for (const migration of [inHistory(settled), inSwitch()]) {
      const app = await pipelineWith(migration, [exampleAccount(1, { state: completed(1) })]);
      await open(app, "history");
      expect(app.workflow.succeeded).toEqual(["history-token"]);
      expect(await recorded(app)).toEqual(
        migration.phase === "history" ? awaitedWith("history-token", migration) : migration,
      );
    }
  });
});

describe("opening the switch", () => {
  it("waits for the MX, wherever it is interrupted", async () => {
    const settled = { fannedOut: true, settledAt: inHistory().createdAt, copied: 4 };
    await interruptEverywhere({
      begin: () => pipelineWith(inHistory(settled)),
      run: (app) => open(app, "switch"),
      check: async (app) => {
        expect(await recorded(app)).toMatchObject({ phase: "switch", switch: { stage: "awaitingMx" } });
        expect(app.workflow.succeeded).toEqual([]);
      },
    });
  });

  it("is refused straight from the accounts phase", async () => {
    const app = await pipelineWith(inAccounts());
    await expect(open(app, "switch")).rejects.toMatchObject({ name: "RecordUnreadable" });
  });
});

describe("a phase of a migration that does not exist", () => {
  it("is not opened", async () => {
    const app = await pipelineWith(null);
    await expect(open(app, "accounts")).rejects.toMatchObject({ name: "MigrationUnknown" });
    expect(await app.migrations.list()).toEqual([]);
  });
});

describe("closing a migration", () => {
  it("destroys its credentials and nobody else's, wherever it is interrupted", async () => {
    const other = { ...password, migrationId: MigrationId.parse("another.example") };
    await interruptEverywhere({
      begin: async () => {
        const app = await pipelineWith(inSwitch());
        await app.vault.keep(password, "secret");
        await app.vault.keep(other, "secret");
        return app;
      },
      run: (app) => closeMigration(app, exampleId),
      check: async (app) => {
        expect(await recorded(app)).toMatchObject({ phase: "closed", closedAt: app.clock.now() });
        expect(app.vault.count(exampleId)).toBe(0);
        expect(app.vault.count(other.migrationId)).toBe(1);
      },
    });
  });

  it("is refused before the switch", async () => {
    const app = await pipelineWith(inHistory());
    await app.vault.keep(password, "secret");
    await expect(closeMigration(app, exampleId)).rejects.toMatchObject({ name: "RecordUnreadable" });
    expect(app.vault.count(exampleId)).toBe(1);
  });

  it("lets another pass be made, after which the credentials are destroyed once more", async () => {
    const app = await pipelineWith(inSwitch(), [exampleAccount(1, { state: completed(1) })]);
    await closeMigration(app, exampleId);
    await app.vault.keep(password, "typed in again");
    const answer = await operatorCommand(app, { command: "startPass", migrationId: exampleId }, unhurried);
    expect(answer).toEqual({ outcome: "done", pass: 2 });
    await tick(app, unhurried);
    expect(app.vault.count(exampleId)).toBe(1);
    await workOff(app);
    expect(app.vault.count(exampleId)).toBe(0);
  });
});
