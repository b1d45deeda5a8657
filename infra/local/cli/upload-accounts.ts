import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import type { MigrationId } from "../../../shared/contract/ids.ts";
import type { EndedImportRun } from "../../../shared/contract/import-run.ts";
import { objectKeys } from "../../../shared/contract/objects.ts";
import { pauseAfter } from "./pause-after.ts";
import type { Pipeline } from "./pipeline.ts";

/** Long enough for 100,000 rows and for S3's event, which may take a minute or more; then something is wrong. */
const patienceMilliseconds = 15 * 60_000;

/**
 * Uploads the workbook and waits for what became of it. Its object is named by its content, so the same workbook sent
 * again is recognised as such. @throws Error when no import ends in time
 */
export const uploadAccounts = async (
  pipeline: Pick<Pipeline, "s3" | "imports" | "outputs">,
  migrationId: MigrationId,
  file: string,
): Promise<EndedImportRun> => {
  const body = await readFile(file);
  const content = createHash("sha256").update(body).digest("hex").slice(0, 16);
  const fileName = `accounts-${content}${extname(file).toLowerCase()}`;
  const { VersionId, ETag } = await pipeline.s3.send(
    new PutObjectCommand({
      Bucket: pipeline.outputs.UploadsBucketName,
      Key: objectKeys.accounts(migrationId, fileName),
      Body: body,
    }),
  );
  const since = performance.now();
  for (let waited = 0; waited < patienceMilliseconds; waited = performance.now() - since) {
    const run = await pipeline.imports.get(migrationId, fileName);
    if (run !== null && run.outcome !== "running" && isOf(run, VersionId, ETag)) return run;
    await pause(pauseAfter(waited));
  }
  throw new Error(
    `The import of ${file} did not end within ${patienceMilliseconds / 60_000} minutes; look at the import's log and dead-letter queue.`,
  );
};

/** Whether a run is of this very upload; without versions the content alone tells, and an equal content ends alike. */
const isOf = (
  { upload }: EndedImportRun,
  versionId: string | undefined,
  etag: string | undefined,
): boolean =>
  versionId === undefined || upload.versionId === undefined
    ? upload.etag?.replaceAll('"', "") === etag?.replaceAll('"', "")
    : upload.versionId === versionId;
