import { describe, expect, it } from "vitest";
import { MailAddress } from "../../../shared/contract/ids.ts";
import { parseUploadKey } from "../../../shared/contract/objects.ts";
import { accountShards, shardOf } from "../../../shared/contract/table.ts";

describe("the table's keys", () => {
  it("put an account into the same shard for ever", () => {
    expect(shardOf(MailAddress.parse("li.na@yunfan.example"))).toBe(2);
  });

  it("spread accounts evenly over the shards", () => {
    const counts = new Array<number>(accountShards).fill(0);
    for (let index = 0; index < 8_000; index += 1) {
      const shard = shardOf(MailAddress.parse(`member${index}@example.test`));
      counts[shard] = (counts[shard] ?? 0) + 1;
    }
    for (const count of counts) expect(count).toBeGreaterThan(800);
  });
});

describe("an upload's key", () => {
  it("names the migration and the file", () => {
    expect(parseUploadKey("uploads/example.test-1/账号.xlsx")).toEqual({
      migrationId: "example.test-1",
      fileName: "账号.xlsx",
    });
  });

  it.each([
    "uploads/x.xlsx",
    "reports/example.test-1/report.xlsx",
    "uploads/a/b/c.xlsx",
    "uploads//c.xlsx",
    "uploads/UPPER/c.xlsx",
  ])("%s is none", (key) => expect(parseUploadKey(key)).toBeNull());
});
