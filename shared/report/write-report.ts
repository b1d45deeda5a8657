import { ReportWritten } from "../../events/write-report.ts";
import type { MigrationId } from "../contract/ids.ts";
import type { FolderSummary, RefusedMessage } from "../contract/mailbox.ts";
import { objectKeys } from "../contract/objects.ts";
import { quietly } from "../copy/quietly.ts";
import { estimate } from "../cost/estimate.ts";
import { sumOfWork } from "../cost/planned-work.ts";
import { requireMigration } from "../passes/amend-migration.ts";
import type { AllocationStore } from "../ports/allocation-store.ts";
import type { MailboxStore } from "../ports/mailbox-store.ts";
import type { MigrationStore } from "../ports/migration-store.ts";
import type { ObjectStore } from "../ports/object-store.ts";
import type { WorkbookWriter } from "../ports/workbook-writer.ts";
import { allocatedLine, allocatedSheet } from "./allocated-sheet.ts";
import type { ReportDocument } from "./report-document.ts";
import { reportTotals } from "./report-totals.ts";
import { type SheetLinesPorts, sheetLines } from "./sheet-lines.ts";
import { accountsSheet, foldersSheet, refusedSheet, type SheetLine } from "./sheets.ts";

export interface WriteReportPorts extends SheetLinesPorts {
  readonly migrations: Pick<MigrationStore, "get">;
  readonly allocations: Pick<AllocationStore, "all">;
  readonly mailboxes: Pick<MailboxStore, "summaries" | "refused">;
  readonly objects: Pick<ObjectStore, "write">;
  readonly workbooks: WorkbookWriter;
}

/**
 * Writes the report of a migration as it stands: the document and the workbook. The accounts are read once and held, a line
 * each; folders and refused messages pass through.
 *
 * @throws MigrationUnknown
 */
export const writeReport = async (
  app: WriteReportPorts,
  migrationId: MigrationId,
): Promise<ReportWritten> => {
  const [migration, lines, allocations] = await Promise.all([
    requireMigration(app.migrations, migrationId),
    sheetLines(app, migrationId),
    app.allocations.all(migrationId),
  ]);
  const allocated = allocations.map(allocatedLine);
  const perAccount = lines.map(
    ({ reasonInChinese: _chinese, completedPass: _completed, hasBegun: _begun, work: _work, ...line }) =>
      line,
  );
  const report: ReportDocument = {
    migrationId,
    domain: migration.domain,
    phase: migration.phase,
    writtenAt: app.clock.now(),
    ...reportTotals(perAccount),
    estimate: estimate(sumOfWork(lines.map(({ work }) => work))),
    ...(allocated.length === 0 ? {} : { allocated }),
    perAccount,
  };
  const workbookKey = objectKeys.reportWorkbook(migrationId);
  const documentKey = objectKeys.reportDocument(migrationId);
  const sheets = [
    accountsSheet(each(lines)),
    foldersSheet(summaries(app, migrationId, lines)),
    refusedSheet(refused(app, migrationId, lines)),
    ...(allocated.length === 0 ? [] : [allocatedSheet(allocated)]),
  ];
  const document = new TextEncoder().encode(JSON.stringify(report));
  await Promise.all([
    app.workbooks.write(sheets).then((workbook) => app.objects.write(workbookKey, workbook, workbookType)),
    app.objects.write(documentKey, document, "application/json"),
  ]);
  return ReportWritten.parse({ workbookKey, documentKey });
};

const workbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

async function* each<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  yield* items;
}

const summaries = (
  { mailboxes }: WriteReportPorts,
  migrationId: MigrationId,
  lines: readonly SheetLine[],
): AsyncIterable<FolderSummary> =>
  recordsOf(lines, ({ address }) => mailboxes.summaries({ migrationId, address }));

/**
 * Asked for every account, whatever its totals say: a refusal in a pass that never ended is one too. A completed pass has tried
 * every refused message again, so a refusal of an earlier one that is not repeated has been overcome.
 */
const refused = (
  { mailboxes }: WriteReportPorts,
  migrationId: MigrationId,
  lines: readonly SheetLine[],
): AsyncIterable<RefusedMessage> =>
  recordsOf(lines, async ({ address, completedPass }) =>
    (await mailboxes.refused({ migrationId, address })).filter(
      ({ pass }) => completedPass === null || pass === completedPass,
    ),
  );

/** Mailboxes asked for at once: one after the other, 100,000 of them would take longer than a function may run. */
const atOnce = 24;

/**
 * What is recorded of each mailbox, in the order of the lines. One that has never been in a pass has no records. The first are read
 * before anybody asks: a workbook's sheets are written one after the other, and of a small company that is all there is to read.
 */
const recordsOf = <Stored>(
  lines: readonly SheetLine[],
  read: (line: SheetLine) => Promise<readonly Stored[]>,
): AsyncIterable<Stored> => {
  const begun = lines.filter(({ hasBegun }) => hasBegun);
  const readFrom = (start: number) => Promise.all(begun.slice(start, start + atOnce).map(read));
  const first = quietly(readFrom(0));
  return (async function* () {
    for (let start = 0; start < begun.length; start += atOnce)
      for (const records of await (start === 0 ? first : readFrom(start))) yield* records;
  })();
};
