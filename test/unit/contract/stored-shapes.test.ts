import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { MailboxWork } from "../../../events/mailbox-work.ts";
import { Account } from "../../../shared/contract/account.ts";
import { MailboxClaim } from "../../../shared/contract/claim.ts";
import { ImportRun } from "../../../shared/contract/import-run.ts";
import {
  BatchRecord,
  FolderRecord,
  FolderSummary,
  RefusedMessage,
} from "../../../shared/contract/mailbox.ts";
import { Migration } from "../../../shared/contract/migration.ts";
import { FetchedRecord, SlotRecord } from "../../../shared/contract/pace.ts";
import { ReportDocument } from "../../../shared/report/report-document.ts";

/**
 * What lies in a table or a queue outlives the code that wrote it. A print that changes here means that records of a
 * running migration may no longer be readable: make the change readable both ways, then write the new print down.
 */
const shapes = {
  Account,
  BatchRecord,
  FetchedRecord,
  FolderRecord,
  FolderSummary,
  ImportRun,
  MailboxClaim,
  MailboxWork,
  Migration,
  RefusedMessage,
  ReportDocument,
  SlotRecord,
};

describe("stored shapes", () => {
  it("stay what running migrations have written", () => {
    const prints = Object.fromEntries(
      Object.entries(shapes).map(([name, schema]) => [name, printOf(schema)]),
    );
    expect(prints).toMatchSnapshot();
  });

  it("have another print as soon as a field is added", () => {
    expect(printOf(FolderSummary.extend({ added: z.string() }))).not.toBe(printOf(FolderSummary));
  });
});

const printOf = (schema: z.ZodType): string =>
  createHash("sha256")
    .update(JSON.stringify(z.toJSONSchema(schema, { unrepresentable: "any" })))
    .digest("hex")
    .slice(0, 16);
