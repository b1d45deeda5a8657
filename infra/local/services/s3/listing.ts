import type { ServiceAnswer } from "../service.ts";
import { element, type XmlElement, xmlDocument } from "../xml.ts";
import type { Bucket } from "./bucket.ts";
import type { ObjectFacts } from "./object-row.ts";
import { notImplemented } from "./refusal.ts";

const namespace = "http://s3.amazonaws.com/doc/2006-03-01/";
const largestPage = 1_000;

/** `ListObjectsV2`, without delimiters. */
export const listObjects = ({ name, store }: Bucket, query: URLSearchParams): ServiceAnswer => {
  requireOnly(query, ["list-type", "continuation-token", "start-after"]);
  const token = query.get("continuation-token");
  const after = token === null ? query.get("start-after") : Buffer.from(token, "base64url").toString("utf8");
  const size = pageSize(query);
  const found = store.list(name, query.get("prefix") ?? "", after ?? "", size + 1);
  const objects = found.slice(0, size);
  const next = found.length > size ? objects.at(-1)?.key : undefined;
  return xml("ListBucketResult", [
    ...heading(name, query, size, next !== undefined),
    element("KeyCount", objects.length),
    ...(next === undefined
      ? []
      : [element("NextContinuationToken", Buffer.from(next, "utf8").toString("base64url"))]),
    ...objects.map((object) => element("Contents", [...commonFacts(object, query), ...contentFacts(object)])),
  ]);
};

/** `ListObjectVersions`: every version and delete marker. */
export const listVersions = ({ name, store }: Bucket, query: URLSearchParams): ServiceAnswer => {
  requireOnly(query, ["versions", "key-marker", "version-id-marker"]);
  const key = query.get("key-marker");
  const after =
    key === null || key === "" ? undefined : { key, versionId: query.get("version-id-marker") ?? "" };
  const size = pageSize(query);
  const found = store.listVersions(name, query.get("prefix") ?? "", after, size + 1);
  const versions = found.slice(0, size);
  const next = found.length > size ? versions.at(-1) : undefined;
  return xml("ListVersionsResult", [
    ...heading(name, query, size, next !== undefined),
    ...(next === undefined
      ? []
      : [
          element("NextKeyMarker", encodedKey(next.key, query)),
          element("NextVersionIdMarker", next.versionId),
        ]),
    ...versions.map((version, index) => {
      const facts = [
        ...commonFacts(version, query),
        element("VersionId", version.versionId),
        element("IsLatest", versions[index - 1]?.key !== version.key && after?.key !== version.key),
      ];
      return version.isDeleteMarker
        ? element("DeleteMarker", facts)
        : element("Version", [...facts, ...contentFacts(version)]);
    }),
  ]);
};

const pageSize = (query: URLSearchParams): number => {
  const asked = Number(query.get("max-keys") ?? largestPage);
  return Number.isInteger(asked) ? Math.min(Math.max(asked, 1), largestPage) : largestPage;
};

const heading = (name: string, query: URLSearchParams, size: number, isTruncated: boolean): XmlElement[] => [
  element("Name", name),
  element("Prefix", query.get("prefix") ?? ""),
  element("MaxKeys", size),
  element("IsTruncated", isTruncated),
];

const commonFacts = ({ key, modifiedAt }: ObjectFacts, query: URLSearchParams): XmlElement[] => [
  element("Key", encodedKey(key, query)),
  element("LastModified", new Date(modifiedAt).toISOString()),
];

const contentFacts = ({ etag, size }: ObjectFacts): XmlElement[] => [
  element("ETag", `"${etag}"`),
  element("Size", size),
  element("StorageClass", "STANDARD"),
];

const encodedKey = (key: string, query: URLSearchParams): string =>
  query.get("encoding-type") === "url" ? encodeURIComponent(key) : key;

const requireOnly = (query: URLSearchParams, own: readonly string[]): void => {
  const known = [...own, "prefix", "max-keys", "encoding-type"];
  const unknown = [...query].find(([name, value]) => !known.includes(name) && value !== "");
  if (unknown !== undefined) {
    throw notImplemented(`the list parameter ${unknown[0]}`);
  }
};

const xml = (root: string, content: readonly XmlElement[]): ServiceAnswer => ({
  status: 200,
  headers: { "content-type": "application/xml" },
  body: xmlDocument(element(root, content, namespace)),
});
