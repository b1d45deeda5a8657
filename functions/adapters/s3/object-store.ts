import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  NoSuchKey,
  type ObjectIdentifier,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { workbookUnreadable } from "../../../shared/contract/workbook-unreadable.ts";
import type { DescribedObject, ObjectStore } from "../../../shared/ports/object-store.ts";
import { readBounded } from "./read-bounded.ts";

/** One object is not uploaded this often; it bounds the loop should a bucket's listing never end. */
const listingsAtMost = 1_000;

/**
 * The uploads bucket. S3 answers 403 instead of 404 to a reader who may not list the bucket, so its roles may list it: else
 * "not there" could not be told from "denied".
 */
export const s3ObjectStore = (client: Pick<S3Client, "send">, bucket: string): ObjectStore => ({
  read: async (key, maximumBytes, version) =>
    (await readDescribed(client, bucket, key, maximumBytes, version))?.bytes ?? null,

  readDescribed: (key, maximumBytes, version) => readDescribed(client, bucket, key, maximumBytes, version),

  write: async (key, body, contentType) => {
    await client.send(
      new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType: contentType }),
    );
  },

  destroy: async (key, version) => {
    if (version !== undefined) {
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key, VersionId: version }));
      return;
    }
    for (let listing = 0; listing < listingsAtMost; listing += 1) {
      const versions = await versionsOf(client, bucket, key);
      if (versions.length === 0) return;
      await deleteVersions(client, bucket, versions);
    }
    throw new Error(`S3 keeps listing versions of ${key} after their deletion`);
  },
});

const readDescribed = async (
  client: Pick<S3Client, "send">,
  bucket: string,
  key: string,
  maximumBytes: number,
  version: string | undefined,
): Promise<DescribedObject | null> => {
  try {
    const { Body, ContentLength, Metadata } = await client.send(
      new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: version }),
    );
    const tooMuch = () => tooLarge(key, maximumBytes);
    return {
      bytes: await readBounded(Body, ContentLength, maximumBytes, tooMuch),
      metadata: Metadata ?? {},
    };
  } catch (error) {
    if (isAbsence(error)) return null;
    throw error;
  }
};

/** The SDK has no class for a version that is not there. */
const isAbsence = (error: unknown): boolean =>
  error instanceof NoSuchKey || (error instanceof S3ServiceException && error.name === "NoSuchVersion");

const deleteVersions = async (
  client: Pick<S3Client, "send">,
  bucket: string,
  versions: ObjectIdentifier[],
): Promise<void> => {
  const { Errors = [] } = await client.send(
    new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: versions, Quiet: true } }),
  );
  const [failure] = Errors;
  if (failure !== undefined)
    throw new Error(`S3 did not delete ${failure.Key ?? "?"}: ${failure.Code ?? "no reason given"}`);
};

/**
 * The first versions and delete markers under this very key. Keys that merely begin with it are listed after it, because the
 * listing is in key order.
 */
const versionsOf = async (
  client: Pick<S3Client, "send">,
  bucket: string,
  key: string,
): Promise<ObjectIdentifier[]> => {
  const { Versions = [], DeleteMarkers = [] } = await client.send(
    new ListObjectVersionsCommand({ Bucket: bucket, Prefix: key, MaxKeys: 1_000 }),
  );
  return [...Versions, ...DeleteMarkers]
    .filter(({ Key }) => Key === key)
    .map(({ VersionId }) => (VersionId === undefined ? { Key: key } : { Key: key, VersionId }));
};

const tooLarge = (key: string, maximumBytes: number) =>
  workbookUnreadable(key.slice(key.lastIndexOf("/") + 1), "tooLarge", Math.floor(maximumBytes / 1024 / 1024));
