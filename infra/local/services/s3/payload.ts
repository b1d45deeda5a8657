import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import type { ServiceRequest } from "../service.ts";
import { S3Refusal } from "./refusal.ts";

/** The bytes of an upload and the checksum that came with them. */
export interface Payload {
  readonly body: Buffer;
  /** `x-amz-checksum-…` as header name and value, to be given back with the object. */
  readonly checksum: Readonly<Record<string, string>>;
}

/**
 * Takes an upload out of its transfer encoding and proves it whole: `Content-MD5` and the CRC-32 that every SDK sends by
 * default, in a header or in the trailer of `aws-chunked`
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html).
 * @throws {S3Refusal} `BadDigest`, `IncompleteBody`
 */
export const payloadOf = (request: ServiceRequest): Payload => {
  const isChunked = (request.headers["content-encoding"] ?? "").split(",").includes("aws-chunked");
  const { body, trailers } = isChunked
    ? dechunk(request.body)
    : { body: request.body, trailers: new Map<string, string>() };
  const checksum: Record<string, string> = {};
  for (const [name, value] of [...Object.entries(request.headers), ...trailers]) {
    if (value !== undefined && /^x-amz-checksum-(crc32|crc32c|crc64nvme|sha1|sha256)$/.test(name)) {
      checksum[name] = value;
    }
  }
  verify(body, request.headers["content-md5"], (bytes) => createHash("md5").update(bytes).digest("base64"));
  verify(body, checksum["x-amz-checksum-crc32"], crc32Text);
  verify(body, checksum["x-amz-checksum-sha256"], (bytes) =>
    createHash("sha256").update(bytes).digest("base64"),
  );
  return { body, checksum };
};

const verify = (body: Buffer, expected: string | undefined, digest: (body: Buffer) => string): void => {
  if (expected !== undefined && digest(body) !== expected) {
    throw new S3Refusal(400, "BadDigest", "The checksum you specified did not match what we received.");
  }
};

const crc32Text = (body: Buffer): string => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(body));
  return bytes.toString("base64");
};

const dechunk = (encoded: Buffer): { body: Buffer; trailers: Map<string, string> } => {
  const chunks: Buffer[] = [];
  let position = 0;
  while (position < encoded.length) {
    const lineEnd = encoded.indexOf("\r\n", position);
    const size =
      lineEnd < 0 ? Number.NaN : Number.parseInt(encoded.toString("latin1", position, lineEnd), 16);
    const start = lineEnd + 2;
    if (Number.isNaN(size) || start + size > encoded.length) {
      throw new S3Refusal(400, "IncompleteBody", "The aws-chunked body is not whole.");
    }
    if (size === 0) {
      return { body: Buffer.concat(chunks), trailers: trailersOf(encoded.toString("latin1", start)) };
    }
    chunks.push(encoded.subarray(start, start + size));
    position = start + size + 2;
  }
  throw new S3Refusal(400, "IncompleteBody", "The aws-chunked body has no end.");
};

const trailersOf = (text: string): Map<string, string> =>
  new Map(
    text
      .split("\r\n")
      .map((line) => line.split(":"))
      .flatMap(([name, value]) =>
        name === undefined || value === undefined ? [] : [[name.toLowerCase(), value.trim()]],
      ),
  );
