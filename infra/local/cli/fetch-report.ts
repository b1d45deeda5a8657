import { ReportWritten } from "../../../events/write-report.ts";
import type { MigrationId } from "../../../shared/contract/ids.ts";
import { ReportDocument } from "../../../shared/report/report-document.ts";
import { invokeFunction } from "./operate.ts";
import type { Pipeline } from "./pipeline.ts";

/** 100,000 accounts make about 60 MB of JSON; whatever is larger is not our report. */
const largestReport = 256 * 1024 * 1024;

/** Has the report written as things stand and fetches it: the document, and the workbook's bytes. */
export const fetchReport = async (
  pipeline: Pick<Pipeline, "lambda" | "objects" | "outputs">,
  migrationId: MigrationId,
): Promise<{ readonly document: ReportDocument; readonly workbook: Uint8Array }> => {
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
