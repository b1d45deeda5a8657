import { describe, expect, it } from "vitest";
import type { Migration } from "../../shared/contract/migration.ts";
import { fanOut } from "../../shared/passes/fan-out.ts";
import { tick } from "../../shared/tick/tick.ts";
import { type FakePipeline, pipelineWith, unhurried } from "../support/fake-pipeline.ts";
import { exampleAccount, exampleSettings, inHistory } from "../support/migration-example.ts";
import { over } from "../support/over.ts";

/** A tick, with the reads of migrations it made. */
const readsOfTick = async (app: FakePipeline): Promise<Readonly<Record<"list" | "get", number>>> => {
  const { migrations } = app;
  const reads = { list: 0, get: 0 };
  const counted = {
    list: () => {
      reads.list += 1;
      return migrations.list();
    },
    get: (...words: Parameters<typeof migrations.get>) => {
      reads.get += 1;
      return migrations.get(...words);
    },
    replace: migrations.replace.bind(migrations),
    earlierTaskToken: migrations.earlierTaskToken.bind(migrations),
  };
  await tick(over(app, { migrations: counted }), unhurried);
  return reads;
};

const copying = async (migration: Migration = inHistory()): Promise<FakePipeline> => {
  const app = await pipelineWith(migration, [exampleAccount(1), exampleAccount(2)]);
  await fanOut(app, migration, unhurried);
  app.clock.advance(60);
  return app;
};

describe("a tick while a pass of the history runs", () => {
  it("reads the migration to see that it runs, and nothing of it again", async () => {
    expect(await readsOfTick(await copying())).toEqual({ list: 1, get: 1 });
  });

  it("leaves one that has just begun to those who work on it", async () => {
    const app = await pipelineWith(inHistory(), [exampleAccount(1)]);
    await fanOut(app, inHistory(), unhurried);
    app.clock.advance(4);
    expect(await readsOfTick(app)).toEqual({ list: 1, get: 0 });
    app.clock.advance(1);
    expect(await readsOfTick(app)).toEqual({ list: 1, get: 1 });
  });

  it("reads it anew for what members of WeCom may be owed", async () => {
    const directory = {
      kind: "wecom",
      corpId: "ww1",
      secret: { secretArn: "arn:aws:secretsmanager:eu-central-1:000000000000:secret:wecom" },
      baseUrl: "https://wecom.example.test",
    } as const;
    const app = await copying({ ...inHistory(), settings: { ...exampleSettings, directory } });
    expect(await readsOfTick(app)).toEqual({ list: 2, get: 1 });
    expect(app.directoryReader.asked).toHaveLength(1);
  });

  it("looks for lost work once somebody could have been silent for long enough", async () => {
    const app = await copying();
    app.clock.advance(3 * 3_600);
    expect(await readsOfTick(app)).toMatchObject({ list: 2 });
  });
});
