import { Account } from "../../shared/contract/account.ts";
import { FolderSummary } from "../../shared/contract/mailbox.ts";
import { writeReport } from "../../shared/report/write-report.ts";
import { workbookWriter } from "../adapters/excel/write-workbook.ts";
import { systemClock } from "../runtime/composition.ts";
import { nobodysMigration } from "../runtime/rehearse-records.ts";

/**
 * The report of nobody's migration, written to nowhere: the first takes several times as long as each that follows, because all the code on
 * the way is new and the workbooks' library is loaded with it.
 *
 * @throws ZodError when its records are none any more
 */
export const rehearseReport = async (): Promise<void> => {
  const migration = nobodysMigration();
  const { migrationId } = migration;
  const account = Account.parse({ ...nobodysAccount, migrationId });
  const summary = FolderSummary.parse({ ...nobodysFolder, migrationId });
  const app = {
    clock: systemClock,
    migrations: { get: async () => migration },
    accounts: {
      page: async (_migrationId: unknown, shard: number) => ({
        accounts: shard === 0 ? [account] : [],
        next: null,
      }),
    },
    allocations: { all: async () => [] },
    memberLinks: { access: async () => null },
    mailboxes: { summaries: async () => [summary], refused: async () => [] },
    objects: { write: async () => undefined },
    workbooks: workbookWriter,
  };
  await writeReport(app, migrationId);
};

const at = "1970-01-01T00:00:00.000Z";
const address = "nobody@example.test";
const messages = { source: 1, copied: 1, alreadyThere: 0, refused: 0 };
const verification = { identical: 1, normalised: 0, refused: 0, unexplained: 0, sampled: 1 };

const nobodysAccount = {
  kind: "member",
  address,
  target: address,
  name: "",
  importedAt: at,
  state: { status: "completed", pass: 1, since: at, copiedInPass: 1 },
  totals: { messages, bytes: { source: 1, copied: 1 }, verification },
  copiedEver: 1,
  memberId: "nobody",
  department: "",
};

const nobodysFolder = {
  address,
  sourcePath: "INBOX",
  targetPath: "INBOX",
  provenance: "inbox",
  pass: 1,
  ...messages,
  bytes: 1,
  verification,
};
