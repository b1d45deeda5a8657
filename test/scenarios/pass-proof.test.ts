import { describe, expect, it } from "vitest";
import { startAccounts } from "../../shared/accounts/start-accounts.ts";
import { fanOut } from "../../shared/passes/fan-out.ts";
import { settlePass } from "../../shared/passes/settle-pass.ts";
import { tick } from "../../shared/tick/tick.ts";
import { pipelineWith, unhurried, workOff } from "../support/fake-pipeline.ts";
import { historyWith, members, passOf, throughItsPass } from "../support/history-pipeline.ts";
import { interruptEverywhere } from "../support/interruptions.ts";
import {
  awaitedWith,
  completed,
  exampleAccount,
  exampleId,
  inHistory,
} from "../support/migration-example.ts";
import { over } from "../support/over.ts";

describe("the proof that a pass has ended", () => {
  it("is made once for the last of many accounts, wherever it is interrupted", async () => {
    await interruptEverywhere({
      begin: async () => {
        const ended = members(24).map((account) => ({ ...account, state: completed(1, 2) }));
        const app = await pipelineWith(awaitedWith("history-token", inHistory()), ended);
        await app.accounts.createAll([exampleAccount(24)]);
        app.workflow.wait("history-token");
        return app;
      },
      ...throughItsPass,
      check: async (app) => {
        expect(await passOf(app)).toMatchObject({ accounts: 25, copied: 51, settledAt: app.clock.now() });
        expect(app.workflow.succeeded).toEqual(["history-token"]);
      },
    });
  });

  it("does not settle on the word of an index that lags behind", async () => {
    const app = await historyWith(30);
    await fanOut(app, inHistory(), unhurried);
    app.accounts.freezeOpenIndex(false);
    expect(await settlePass(app, exampleId)).toBe("running");
    app.accounts.freezeOpenIndex(true);
    await workOff(app);
    expect(await settlePass(app, exampleId)).toBe("running");
    app.accounts.freezeOpenIndex(null);
    app.clock.advance(60);
    await tick(app, unhurried);
    expect(app.workflow.succeeded).toEqual(["history-token"]);
  });

  it("reads a few accounts to their end without asking the index, which would cost as much", async () => {
    const app = await historyWith(24);
    await fanOut(app, inHistory(), unhurried);
    app.accounts.freezeOpenIndex(false);
    expect(await settlePass(app, exampleId)).toBe("running");
    app.accounts.freezeOpenIndex(true);
    await workOff(app);
    expect(await passOf(app)).toMatchObject({ accounts: 24, settledAt: app.clock.now() });
  });

  it("asks the index again once many accounts have joined the few", async () => {
    const app = await historyWith(4);
    await fanOut(app, inHistory(), unhurried);
    await workOff(app);
    const joined = Array.from({ length: 30 }, (_, number) => exampleAccount(50 + number));
    await app.accounts.createAll(joined);
    await fanOut(app, inHistory(), unhurried);
    app.accounts.freezeOpenIndex(true);
    await workOff(app);
    expect(await settlePass(app, exampleId)).toBe("running");
    expect(await passOf(app)).toMatchObject({ accounts: 34 });
  });

  it("asks the index again once accounts have been started by themselves", async () => {
    const app = await historyWith(4);
    await fanOut(app, inHistory(), unhurried);
    await workOff(app);
    const joined = Array.from({ length: 30 }, (_, number) => exampleAccount(50 + number));
    await app.accounts.createAll(joined);
    await startAccounts(
      app,
      { migrationId: exampleId },
      joined.map(({ address }) => address),
    );
    app.accounts.freezeOpenIndex(true);
    await workOff(app);
    expect(await settlePass(app, exampleId)).toBe("running");
    expect(await passOf(app)).toMatchObject({ fannedOut: true });
    expect(await passOf(app)).not.toHaveProperty("settledAt");
  });

  it("does not stand for an account that another fan-out begins in a pass that has settled meanwhile", async () => {
    const app = await historyWith(2);
    const accounts = {
      page: async (...which: Parameters<typeof app.accounts.page>) => {
        const page = await app.accounts.page(...which);
        // Another fan-out was faster, and so were the workers; the account they did not know yet is on this page.
        if (isFirst) {
          isFirst = false;
          await fanOut(app, inHistory(), unhurried);
          await workOff(app);
          await app.accounts.createAll(late);
        }
        return page;
      },
      replace: app.accounts.replace.bind(app.accounts),
    };
    const late = Array.from({ length: 16 }, (_, number) => exampleAccount(50 + number));
    let isFirst = true;
    const outcome = await fanOut(over(app, { accounts }), inHistory(), unhurried, { migration: inHistory() });
    expect(outcome).toBe("interrupted");
    expect((await passOf(app))?.settledAt).toBeUndefined();
    await tick(app, unhurried);
    await workOff(app);
    expect(await passOf(app)).toMatchObject({ accounts: 18, settledAt: app.clock.now() });
  });
});
