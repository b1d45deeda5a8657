import { randomUUID } from "node:crypto";
import { localAccountId } from "../../template/environment.ts";
import type { EventToPublish } from "../events/event.ts";
import { type ObjectFacts, unversionedId } from "./object-row.ts";

/**
 * The events of a bucket with `EventBridgeEnabled`, in the shape of
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
 */
export const objectCreated = (bucket: string, object: ObjectFacts): EventToPublish => ({
  ...about(bucket),
  detailType: "Object Created",
  detail: {
    ...detailOf(bucket, "PutObject"),
    object: { ...objectOf(object), size: object.size, etag: object.etag },
  },
});

/** `object` is the version that is gone, or the delete marker that hides the key. */
export const objectDeleted = (bucket: string, object: ObjectFacts): EventToPublish => ({
  ...about(bucket),
  detailType: "Object Deleted",
  detail: {
    ...detailOf(bucket, "DeleteObject"),
    "deletion-type": object.isDeleteMarker ? "Delete Marker Created" : "Permanently Deleted",
    object: objectOf(object),
  },
});

const about = (bucket: string) => ({ source: "aws.s3", resources: [`arn:aws:s3:::${bucket}`] }) as const;

const objectOf = ({ key, versionId, sequence }: ObjectFacts) => ({
  key,
  ...(versionId === unversionedId ? {} : { "version-id": versionId }),
  sequencer: sequence.toString(16).toUpperCase().padStart(16, "0"),
});

const detailOf = (bucket: string, reason: string) => ({
  version: "0",
  bucket: { name: bucket },
  "request-id": randomUUID(),
  requester: localAccountId,
  "source-ip-address": "127.0.0.1",
  reason,
});
