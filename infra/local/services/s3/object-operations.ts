import type { ServiceAnswer, ServiceRequest } from "../service.ts";
import type { Bucket } from "./bucket.ts";
import { objectCreated, objectDeleted } from "./object-events.ts";
import { type ObjectFacts, unversionedId } from "./object-row.ts";
import { payloadOf } from "./payload.ts";
import { byteRange } from "./range.ts";
import { notImplemented, S3Refusal } from "./refusal.ts";

/** `PutObject`, unless `If-None-Match: *` forbids it. */
export const putObject = async (
  bucket: Bucket,
  key: string,
  request: ServiceRequest,
): Promise<ServiceAnswer> => {
  for (const header of ["x-amz-copy-source", "x-amz-tagging", "if-match"]) {
    if (request.headers[header] !== undefined) {
      throw notImplemented(`${header} on PutObject`);
    }
  }
  const present = bucket.store.facts(bucket.name, key);
  if (request.headers["if-none-match"] !== undefined && present?.isDeleteMarker === false) {
    throw new S3Refusal(412, "PreconditionFailed", "At least one of the pre-conditions did not hold.");
  }
  const { body, checksum } = payloadOf(request);
  const headers = { ...keptHeaders(request), ...checksum };
  const facts = bucket.store.put(bucket.name, key, body, headers, bucket.isVersioned);
  await bucket.announce(objectCreated(bucket.name, facts));
  return {
    status: 200,
    headers: { etag: `"${facts.etag}"`, ...checksum, ...versionHeader(facts) },
    body: "",
  };
};

/** `GetObject` and `HeadObject`. */
export const getObject = (
  bucket: Bucket,
  key: string,
  versionId: string | undefined,
  request: ServiceRequest,
): ServiceAnswer => {
  const facts = bucket.store.facts(bucket.name, key, versionId);
  if (facts === undefined || facts.isDeleteMarker) {
    throw versionId === undefined
      ? new S3Refusal(404, "NoSuchKey", "The specified key does not exist.")
      : new S3Refusal(404, "NoSuchVersion", "The specified version does not exist.");
  }
  const headers = headersOf(facts);
  if (request.method === "HEAD") {
    return { status: 200, headers: { ...headers, "content-length": String(facts.size) }, body: "" };
  }
  const body = bucket.store.body(facts);
  const range = request.headers.range;
  if (range === undefined) {
    return { status: 200, headers, body };
  }
  const { from, to } = byteRange(range, body.length);
  return {
    status: 206,
    headers: { ...withoutChecksums(headers), "content-range": `bytes ${from}-${to}/${body.length}` },
    body: body.subarray(from, to + 1),
  };
};

/**
 * `DeleteObject`: destroys the version named; without a name it hides the key of a versioned bucket and destroys the only
 * version otherwise. Deleting what is not there is no error.
 */
export const deleteObject = async (
  bucket: Bucket,
  key: string,
  versionId: string | undefined,
): Promise<ServiceAnswer> => {
  const isHidden = bucket.isVersioned && versionId === undefined;
  const facts = isHidden
    ? bucket.store.hide(bucket.name, key)
    : bucket.store.facts(bucket.name, key, versionId ?? unversionedId);
  if (facts === undefined) {
    return { status: 204, headers: {}, body: "" };
  }
  if (!isHidden) {
    bucket.store.destroy(facts);
  }
  await bucket.announce(objectDeleted(bucket.name, facts));
  const marker: Record<string, string> = facts.isDeleteMarker ? { "x-amz-delete-marker": "true" } : {};
  return { status: 204, headers: { ...versionHeader(facts), ...marker }, body: "" };
};

const keptHeaders = ({ headers }: ServiceRequest): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value !== undefined && (name === "content-type" || name.startsWith("x-amz-meta-"))
        ? [[name, value]]
        : [],
    ),
  );

const headersOf = (facts: ObjectFacts): Record<string, string> => ({
  ...facts.headers,
  ...versionHeader(facts),
  etag: `"${facts.etag}"`,
  "last-modified": new Date(facts.modifiedAt).toUTCString(),
  "accept-ranges": "bytes",
});

const versionHeader = ({ versionId }: ObjectFacts): Record<string, string> =>
  versionId === unversionedId ? {} : { "x-amz-version-id": versionId };

/** A checksum is over the whole object; over a part the SDK would find it wrong. */
const withoutChecksums = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith("x-amz-checksum-")));
