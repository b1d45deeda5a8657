import { describe, expect, it } from "vitest";
import type { MigrationId } from "../../shared/contract/ids.ts";
import { fanOut } from "../../shared/passes/fan-out.ts";
import { type OpenPhasePorts, openPhase } from "../../shared/phases/open-phase.ts";
import { operatorCommand } from "../../shared/phases/operator-command.ts";
import { tick } from "../../shared/tick/tick.ts";
import { pipelineWith, unhurried, workOff } from "../support/fake-pipeline.ts";
import type { FakeWorkflow } from "../support/fake-workflow.ts";
import {
  awaitedWith,
  exampleAccount,
  exampleId,
  inAccounts,
  inHistory,
} from "../support/migration-example.ts";
import { over } from "../support/over.ts";
import { recorded } from "../support/recorded.ts";

const open = (
  app: OpenPhasePorts & { readonly workflow: FakeWorkflow },
  phase: "accounts" | "history",
  taskToken: string,
) => {
  app.workflow.wait(taskToken);
  return openPhase(app, { migrationId: exampleId, phase, taskToken }, unhurried);
};

describe("the accounts phase, whose wait begins more than once,", () => {
  it("ends its wait at once when the operator came while nobody waited on the token that was kept", async () => {
    const app = await pipelineWith(awaitedWith("timed-out", inAccounts()), [exampleAccount(1)]);
    const finish = () =>
      operatorCommand(app, { command: "finishAccounts", migrationId: exampleId }, unhurried);
    expect(await finish()).toEqual({ outcome: "done" });
    expect(await recorded(app)).toEqual({ ...inAccounts(), finishedAt: app.clock.now() });
    await open(app, "accounts", "newer");
    expect(app.workflow.succeeded).toEqual(["newer"]);
    expect(await finish()).toEqual({ outcome: "done" });
    expect(app.workflow.succeeded).toEqual(["newer"]);
  });

  it("has ended for a workflow that failed behind it and was started again, too", async () => {
    const app = await pipelineWith(inAccounts(), [exampleAccount(1)]);
    await open(app, "accounts", "first");
    await operatorCommand(app, { command: "finishAccounts", migrationId: exampleId }, unhurried);
    await open(app, "accounts", "again");
    expect(app.workflow.succeeded).toEqual(["first", "again"]);
  });

  it("is ended although the wait began anew while the operator's word was on its way", async () => {
    const app = await pipelineWith(awaitedWith("timed-out", inAccounts()), [exampleAccount(1)]);
    const workflow = {
      succeed: async (taskToken: string) => {
        if (taskToken === "timed-out") await open(app, "accounts", "newer");
        return app.workflow.succeed(taskToken);
      },
    };
    await operatorCommand(
      over(app, { workflow }),
      { command: "finishAccounts", migrationId: exampleId },
      unhurried,
    );
    expect(app.workflow.succeeded).toEqual(["newer"]);
  });
});

describe("the history phase, whose wait begins or ends more than once,", () => {
  it("once more, after its wait timed out, waits on the newer token", async () => {
    const app = await pipelineWith(inAccounts(), [exampleAccount(1)]);
    await openPhase(app, { migrationId: exampleId, phase: "history", taskToken: "timed-out" }, unhurried);
    await open(app, "history", "newer");
    await workOff(app);
    expect(app.workflow.succeeded).toEqual(["newer"]);
  });

  it("tells the workflow although the last account ended while it was being opened", async () => {
    const app = await pipelineWith(awaitedWith("timed-out", inHistory()), [exampleAccount(1)]);
    await fanOut(app, inHistory(), unhurried);
    let isFirst = true;
    const migrations = {
      get: async (id: MigrationId) => {
        const read = await app.migrations.get(id);
        if (isFirst) {
          isFirst = false;
          await workOff(app);
        }
        return read;
      },
      replace: app.migrations.replace.bind(app.migrations),
      earlierTaskToken: app.migrations.earlierTaskToken.bind(app.migrations),
    };
    await open(over(app, { migrations }), "history", "newer");
    expect(app.workflow.succeeded).toEqual(["newer"]);
  });

  it("is ended by a token that an earlier version has kept beside the record", async () => {
    const app = await pipelineWith(inHistory(), [exampleAccount(1)]);
    app.migrations.earlierTokens.set("history", "earlier");
    app.workflow.wait("earlier");
    await fanOut(app, inHistory(), unhurried);
    await workOff(app);
    expect(app.workflow.succeeded).toEqual(["earlier"]);
  });

  it("forgets a token only when nobody waits on it any more", async () => {
    const app = await pipelineWith(inHistory(), [exampleAccount(1)]);
    await open(app, "history", "history-token");
    await workOff(app);
    expect(await recorded(app)).toMatchObject({ taskToken: "history-token" });
    await tick(app, unhurried);
    expect(await recorded(app)).not.toHaveProperty("taskToken");
    expect(app.workflow.succeeded).toEqual(["history-token"]);
  });
});
