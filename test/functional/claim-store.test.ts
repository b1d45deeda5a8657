import { describe, expect, it } from "vitest";
import { dynamoClaimStore } from "../../functions/adapters/dynamodb/claim-store.ts";
import { dynamoMailboxStore } from "../../functions/adapters/dynamodb/mailbox-store.ts";
import { MailboxClaim } from "../../shared/contract/claim.ts";
import { BatchRecord } from "../../shared/contract/mailbox.ts";
import { exampleAccount } from "../support/migration-example.ts";
import { openStateTable } from "../support/state-table.ts";

const mailbox = exampleAccount(1);
const { migrationId, address } = mailbox;
const claim = MailboxClaim.parse({
  migrationId,
  address,
  token: 7,
  messageId: "one",
  receiveCount: 1,
  until: "2026-11-22T08:05:03.000Z",
});
const batch = BatchRecord.parse({
  migrationId,
  address,
  batchId: "000001-000001",
  pass: 1,
  parts: [
    {
      sourcePath: "INBOX",
      sourceUidValidity: "1",
      targetPath: "INBOX",
      uids: "1:3",
      messages: 3,
      bytes: 30,
      progress: { state: "planned" },
    },
  ],
});
const [part] = batch.parts;
const partsOf = (uids: string) => (part === undefined ? [] : [{ ...part, uids }]);
const later = BatchRecord.parse({ ...batch, parts: partsOf("1:2") });

describe("the claims of the state table", () => {
  it("are made once, replaced only as they stand, and given up only by their holder", async () => {
    const { table } = await openStateTable();
    const claims = dynamoClaimStore(table);
    expect(await claims.get(mailbox)).toBeNull();
    expect(await claims.create(claim)).toBe(true);
    expect(await claims.create({ ...claim, token: 8 })).toBe(false);
    const next = { ...claim, token: 8, messageId: "two" };
    expect(await claims.replace(claim, next)).toBe(true);
    expect(await claims.replace(claim, next)).toBe(false);
    await claims.remove(claim);
    expect(await claims.get(mailbox)).toEqual(next);
    await claims.remove(next);
    expect(await claims.get(mailbox)).toBeNull();
  });
});

describe("a mailbox' records under a claim", () => {
  it("are never overwritten by an earlier claim's worker, whatever its clock says", async () => {
    const { table } = await openStateTable();
    const store = dynamoMailboxStore(table);
    const [stale, present] = [store.fencedBy(7), store.fencedBy(8)];
    expect(await stale.createBatch(batch)).toBe(true);
    await stale.putBatch(batch);
    await present.putBatch(later);
    await expect(stale.putBatch(batch)).rejects.toMatchObject({ name: "WorkSuperseded" });
    expect(await store.batches(mailbox)).toEqual([later]);
    await present.putBatch(batch);
    expect(await store.batches(mailbox)).toEqual([batch]);
  });

  it("that were written before there were claims are taken over", async () => {
    const { table } = await openStateTable();
    const store = dynamoMailboxStore(table);
    await store.putBatch(batch);
    await store.fencedBy(1).putBatch(later);
    expect(await store.batches(mailbox)).toEqual([later]);
  });
});
