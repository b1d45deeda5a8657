import { PutObjectCommand } from "@aws-sdk/client-s3";
import type { Upload } from "../../../shared/contract/import-run.ts";
import { terminalLanguage } from "./language.ts";
import type { RecordKey } from "./looks.ts";
import type { Pipeline } from "./pipeline.ts";

/** Long enough for 100,000 rows and for S3's event, which may take a minute or more; then something is wrong. */
const patienceMilliseconds = 15 * 60_000;

/** A file on its way into the pipeline. */
export interface Sending<Run> {
  readonly key: string;
  readonly body: Uint8Array;
  /** What is said of it beside its bytes. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** Where the pipeline records what comes of files under this key. */
  readonly record: RecordKey;
  /** What it has recorded, or null. */
  readonly newest: () => Promise<Run | null>;
}

/** Uploads a file and waits for what became of this very upload. Null when no import of it ends in time. */
export const uploadAndAwait = async <Run extends { readonly upload: Upload; readonly outcome: string }>(
  { s3, outputs, looksAt }: Pick<Pipeline, "s3" | "outputs" | "looksAt">,
  { key, body, metadata = {}, record, newest }: Sending<Run>,
): Promise<Exclude<Run, { outcome: "running" }> | null> => {
  using looks = looksAt(record);
  const { VersionId, ETag } = await s3.send(
    new PutObjectCommand({
      ...{ Bucket: outputs.UploadsBucketName, Key: key, Body: body },
      Metadata: { ...metadata },
    }),
  );
  const since = performance.now();
  for (let waited = 0; waited < patienceMilliseconds; waited = performance.now() - since) {
    const run = await newest();
    if (run !== null && hasEnded(run) && isOf(run, VersionId, ETag)) return run;
    await looks.again(waited);
  }
  return null;
};

const hasEnded = <Run extends { readonly outcome: string }>(
  run: Run,
): run is Exclude<Run, { outcome: "running" }> => run.outcome !== "running";

/** Whether a run is of this very upload; without versions the content alone tells, and an equal content ends alike. */
const isOf = (
  { upload }: { readonly upload: Upload },
  versionId: string | undefined,
  etag: string | undefined,
): boolean =>
  versionId === undefined || upload.versionId === undefined
    ? upload.etag?.replaceAll('"', "") === etag?.replaceAll('"', "")
    : upload.versionId === versionId;

/** What a person is told when an import does not end. */
export const importMissing = (file: string): Error =>
  new Error(notEnded(file, patienceMilliseconds / 60_000)[terminalLanguage()]);

const notEnded = (file: string, minutes: number) => ({
  en: `The import of ${file} did not end within ${minutes} minutes; look at the import's log and dead-letter queue.`,
  zhCN: `${file} 的导入未能在 ${minutes} 分钟内结束；请查看导入日志和死信队列。`,
});
