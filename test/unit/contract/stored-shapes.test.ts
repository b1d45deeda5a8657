import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { MailboxWork } from "../../../events/mailbox-work.ts";
import { NoticeWork } from "../../../events/notice-work.ts";
import { Account } from "../../../shared/contract/account.ts";
import { AddressClaim, Allocation, AllocationRound } from "../../../shared/contract/allocation.ts";
import { MailboxClaim } from "../../../shared/contract/claim.ts";
import { DirectorySnapshot } from "../../../shared/contract/directory-snapshot.ts";
import { ImportRun } from "../../../shared/contract/import-run.ts";
import { ImportTurn } from "../../../shared/contract/import-turn.ts";
import {
  BatchRecord,
  FolderRecord,
  FolderSummary,
  RefusedMessage,
} from "../../../shared/contract/mailbox.ts";
import { MemberAccess, MemberLink } from "../../../shared/contract/member-link.ts";
import { Migration } from "../../../shared/contract/migration.ts";
import { FetchedRecord, SlotRecord } from "../../../shared/contract/pace.ts";
import { PasswordRun } from "../../../shared/contract/password-run.ts";
import { SentCards } from "../../../shared/contract/sent-cards.ts";
import { AwaitedUser, VerifiedUser } from "../../../shared/contract/user.ts";
import { ReportDocument } from "../../../shared/report/report-document.ts";

/**
 * What lies in a table or a queue outlives the code that wrote it. A print that changes here means that records of a
 * running migration may no longer be readable: make the change readable both ways, then write the new print down.
 */
const shapes = {
  AddressClaim,
  Allocation,
  AllocationRound,
  Account,
  AwaitedUser,
  BatchRecord,
  DirectorySnapshot,
  FetchedRecord,
  FolderRecord,
  FolderSummary,
  ImportRun,
  ImportTurn,
  MailboxClaim,
  MailboxWork,
  MemberAccess,
  MemberLink,
  Migration,
  NoticeWork,
  PasswordRun,
  RefusedMessage,
  ReportDocument,
  SentCards,
  SlotRecord,
  VerifiedUser,
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
