import { join } from "node:path";
import type { Metering } from "../../metering.ts";
import type { EventToPublish } from "../events/event.ts";
import type { LocalService, ServiceAnswer, ServiceRequest } from "../service.ts";
import type { Bucket } from "./bucket.ts";
import { listObjects, listVersions } from "./listing.ts";
import { deletedAnswer, objectsToDelete } from "./multi-delete.ts";
import { deleteObject, getObject, putObject } from "./object-operations.ts";
import { ObjectStore } from "./objects.ts";
import { answerOfRefusal, notImplemented, S3Refusal } from "./refusal.ts";
import { type S3Target, targetOf } from "./target.ts";

/** S3, and the making of its buckets. */
export interface LocalS3 extends LocalService {
  /** Objects of an earlier boot are found again. */
  declareBucket(bucket: BucketSettings): void;
}

export interface BucketSettings {
  readonly name: string;
  readonly isVersioned: boolean;
  /** Whether EventBridge hears of its objects. */
  readonly isAnnounced: boolean;
}

/** What S3 needs from the rest of the cloud. */
export interface S3Options {
  readonly dataDir: string;
  readonly metering: Metering;
  readonly publish: (event: EventToPublish) => Promise<void>;
}

/**
 * The part of the S3 API a pipeline uses on small objects: put, get, head, delete, list, whole and path style. Copying,
 * tagging, multipart uploads and everything else is `NotImplemented`, never half done.
 */
export const openS3 = ({ dataDir, metering, publish }: S3Options): LocalS3 => {
  const store = new ObjectStore(join(dataDir, "s3"));
  const buckets = new Map<string, Bucket>();

  return {
    signingName: "s3",
    declareBucket: ({ name, isVersioned, isAnnounced }) => {
      buckets.set(name, {
        name,
        isVersioned,
        store,
        announce: isAnnounced ? publish : async () => undefined,
      });
    },
    answer: async (request) => {
      metering.count("s3Requests");
      try {
        const target = targetOf(request);
        const bucket = buckets.get(target.bucket);
        if (bucket === undefined) {
          throw new S3Refusal(404, "NoSuchBucket", `The specified bucket does not exist: ${target.bucket}`);
        }
        return await (target.key === ""
          ? onBucket(bucket, target, request)
          : onObject(bucket, target, request));
      } catch (thrown) {
        const refusal =
          thrown instanceof S3Refusal ? thrown : new S3Refusal(500, "InternalError", String(thrown));
        return answerOfRefusal(refusal, request.method);
      }
    },
    stop: async () => store.close(),
  };
};

const onBucket = async (
  bucket: Bucket,
  { query }: S3Target,
  request: ServiceRequest,
): Promise<ServiceAnswer> => {
  if (request.method === "HEAD") {
    return { status: 200, headers: {}, body: "" };
  }
  if (request.method === "GET" && query.get("list-type") === "2") {
    return listObjects(bucket, query);
  }
  if (request.method === "GET" && query.has("versions")) {
    return listVersions(bucket, query);
  }
  if (request.method === "POST" && query.has("delete")) {
    const objects = objectsToDelete(request.body);
    for (const { key, versionId } of objects) {
      await deleteObject(bucket, key, versionId);
    }
    return deletedAnswer(objects);
  }
  throw notImplemented(`${request.method} on a bucket with ?${query.toString()}`);
};

const onObject = async (
  bucket: Bucket,
  { key, query }: S3Target,
  request: ServiceRequest,
): Promise<ServiceAnswer> => {
  const versionId = query.get("versionId") ?? undefined;
  const subresource = [...query.keys()].find((name) => name !== "versionId");
  if (subresource !== undefined) {
    throw notImplemented(`the subresource ?${subresource}`);
  }
  switch (request.method) {
    case "PUT":
      return putObject(bucket, key, request);
    case "GET":
    case "HEAD":
      return getObject(bucket, key, versionId, request);
    case "DELETE":
      return deleteObject(bucket, key, versionId);
    default:
      throw notImplemented(`${request.method} on an object`);
  }
};
