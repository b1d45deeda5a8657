import type { ServiceAnswer } from "../service.ts";
import { element, unescapeXml, xmlDocument } from "../xml.ts";
import { S3Refusal } from "./refusal.ts";

/** One object, or one version of it, of a `DeleteObjects` request. */
export interface ObjectToDelete {
  readonly key: string;
  readonly versionId: string | undefined;
}

/** S3 deletes at most this many objects with one request. */
const objectsAtMost = 1_000;

/**
 * What a `DeleteObjects` request names. The documents come from SDKs and are flat, so the elements are cut out by name.
 * @throws {S3Refusal} `MalformedXML`
 */
export const objectsToDelete = (body: Buffer): ObjectToDelete[] => {
  const objects = [...body.toString("utf8").matchAll(/<Object>(.*?)<\/Object>/gs)].map(([, inner = ""]) => ({
    key: textOf(inner, "Key"),
    versionId: textOf(inner, "VersionId"),
  }));
  const named = objects.flatMap(({ key, versionId }) => (key === undefined ? [] : [{ key, versionId }]));
  if (named.length === 0 || named.length < objects.length || named.length > objectsAtMost) {
    throw new S3Refusal(400, "MalformedXML", `Expected 1 to ${objectsAtMost} objects with keys.`);
  }
  return named;
};

export const deletedAnswer = (objects: readonly ObjectToDelete[]): ServiceAnswer => ({
  status: 200,
  headers: { "content-type": "application/xml" },
  body: xmlDocument(
    element(
      "DeleteResult",
      objects.map(({ key, versionId }) =>
        element("Deleted", [
          element("Key", key),
          ...(versionId === undefined ? [] : [element("VersionId", versionId)]),
        ]),
      ),
      "http://s3.amazonaws.com/doc/2006-03-01/",
    ),
  ),
});

const textOf = (xml: string, name: string): string | undefined => {
  const [, text] = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml) ?? [];
  return text === undefined ? undefined : unescapeXml(text);
};
