import { describe, expect, it } from "vitest";
import { allocate } from "../../shared/allocation/allocate.ts";
import { MemberId } from "../../shared/contract/ids.ts";
import { operatorCommand } from "../../shared/phases/operator-command.ts";
import { tick } from "../../shared/tick/tick.ts";
import {
  address,
  asMember,
  begin,
  confirmed,
  draining,
  given,
  holders,
} from "../support/allocation-world.ts";
import { pipelineWith, unhurried } from "../support/fake-pipeline.ts";
import { interruptEverywhere } from "../support/interruptions.ts";
import { completed, exampleAccount, exampleId, inAccounts } from "../support/migration-example.ts";

describe("an operator", () => {
  const preview = { command: "previewAllocation", migrationId: exampleId } as const;

  it("sees page by page who would be given what, and nothing is kept", async () => {
    const app = await begin(inAccounts());
    const first = await operatorCommand(app, { ...preview, limit: 2 }, unhurried);
    expect(first).toEqual({
      outcome: "done",
      allocation: {
        members: 4,
        left: 3,
        page: [
          { memberId: "U1", name: "张伟", address: address("zhangwei"), origin: "name", status: "proposed" },
          { memberId: "u2", name: "张薇", address: address("zhangwei2"), origin: "name", status: "proposed" },
        ],
        next: "u2",
      },
    });
    const second = await operatorCommand(app, { ...preview, after: MemberId.parse("u2") }, unhurried);
    expect(second.allocation?.page?.map((line) => line.memberId)).toEqual(["u3"]);
    expect(second.allocation?.next).toBeUndefined();
    expect(await given(app)).toEqual({});
  });

  it("has addresses kept free before the switch and confirmed behind it, wherever that is interrupted", async () => {
    const order = { command: "allocate", migrationId: exampleId } as const;
    await interruptEverywhere({
      begin: () => begin(inAccounts()),
      run: (app) => operatorCommand(app, order, unhurried),
      check: async (app) => {
        expect(await given(app)).toEqual({
          U1: "zhangwei planned",
          u2: "zhangwei2 planned",
          u3: "ouyangxiu planned",
        });
        expect(await app.allocations.holders()).toEqual(holders);
        expect((await app.migrations.get(exampleId))?.settings.allocation).toBe("assign");
      },
    });
    const app = await begin(draining());
    await allocate(app, draining(), false, unhurried);
    expect(await operatorCommand(app, order, unhurried)).toEqual({
      outcome: "done",
      allocation: { members: 4, left: 3 },
    });
    expect(await given(app)).toEqual(confirmed);
  });

  it("loses no address to a plan: what an import needs is planned otherwise, who has an account needs none", async () => {
    await interruptEverywhere({
      begin: async () => {
        const app = await begin(draining());
        await allocate(app, draining(), false, unhurried);
        const account = asMember(exampleAccount(2, { state: completed(1) }));
        const target = address("zhangwei");
        await app.accounts.createAll([{ ...account, memberId: MemberId.parse("u2"), target }]);
        return app;
      },
      run: (app) => tick(app, unhurried),
      check: async (app) => {
        expect(await given(app)).toEqual({ U1: "zhangwei2 confirmed", u3: "ouyangxiu confirmed" });
        expect(Object.values(await app.allocations.holders()).sort()).toEqual(["u1", "u3"]);
      },
    });
  });

  it("is told when nothing can be said of the members yet", async () => {
    const app = await pipelineWith(inAccounts());
    expect(await operatorCommand(app, preview, unhurried)).toEqual({ outcome: "noDirectory" });
    expect(await operatorCommand(app, { command: "allocate", migrationId: exampleId }, unhurried)).toEqual({
      outcome: "noDirectory",
    });
  });
});
