import { ReportWritten } from "../../../events/write-report.ts";
import type { MigrationId } from "../../../shared/contract/ids.ts";
import { ReportDocument } from "../../../shared/report/report-document.ts";
import { invokeFunction } from "./operate.ts";
import type { Pipeline } from "./pipeline.ts";

/** 100,000 accounts make about 60 MB of JSON; whatever is larger is not our report. */
const largestReport = 256 * 1024 * 1024;

/** The report's document, and its workbook's bytes. */
export interface FetchedReport {
  readonly document: ReportDocument;
  readonly workbook: Uint8Array;
}

/** Has the report written as things stand and fetches it. */
export const fetchReport = async (
  pipeline: Pick<Pipeline, "lambda" | "objects" | "outputs">,
  migrationId: MigrationId,
): Promise<FetchedReport> => {
  const written = ReportWritten.parse(
    await invokeFunction(pipeline.lambda, pipeline.outputs.WriteReportFunctionName, { migrationId }),
  );
  const [document, workbook] = await Promise.all([
    pipeline.objects.read(written.documentKey, largestReport),
    pipeline.objects.read(written.workbookKey, largestReport),
  ]);
  if (document === null || workbook === null)
    throw new Error("The report was written but is not in the bucket.");
  return { document: ReportDocument.parse(JSON.parse(new TextDecoder().decode(document))), workbook };
};
