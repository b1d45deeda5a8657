import { ReportWritten } from "../../../events/write-report.ts";
import type { MigrationId } from "../../../shared/contract/ids.ts";
import { ReportDocument } from "../../../shared/report/report-document.ts";
import { invokeFunction } from "./operate.ts";
import type { Pipeline } from "./pipeline.ts";

/** 100,000 accounts make about 60 MB of JSON; whatever is larger is not our report. */
const largestReport = 256 * 1024 * 1024;

/** The report's document, and its workbook, which not everybody wants. */
export interface FetchedReport {
  readonly document: ReportDocument;
  /** Fetches its bytes. */
  readonly workbook: () => Promise<Uint8Array>;
}

/** Has the report written as things stand and fetches its document. */
export const fetchReport = async (
  pipeline: Pick<Pipeline, "lambda" | "objects" | "outputs">,
  migrationId: MigrationId,
): Promise<FetchedReport> => {
  const written = ReportWritten.parse(
    await invokeFunction(pipeline.lambda, pipeline.outputs.WriteReportFunctionName, { migrationId }),
  );
  const fetched = async (key: string): Promise<Uint8Array> => {
    const bytes = await pipeline.objects.read(key, largestReport);
    if (bytes === null) throw new Error("The report was written but is not in the bucket.");
    return bytes;
  };
  const document = new TextDecoder().decode(await fetched(written.documentKey));
  return {
    document: ReportDocument.parse(JSON.parse(document)),
    workbook: () => fetched(written.workbookKey),
  };
};
