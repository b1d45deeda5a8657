import { limits } from "./limits.ts";
import { Unreadable } from "./unreadable.ts";

/** One part of a zip file, as its central directory describes it (APPNOTE.TXT 4.3.12). */
export interface ZipPart {
  readonly name: string;
  readonly method: "stored" | "deflated";
  readonly compressedBytes: number;
  readonly unzippedBytes: number;
  /** Of its local header. */
  readonly offset: number;
}

const endSignature = 0x06054b50;
const endLength = 22;
const commentAtMost = 65_535;
const partSignature = 0x02014b50;
const partLength = 46;
/** In a 32-bit field: the figure stands in the ZIP64 extra field. */
const elsewhere = 0xffffffff;

/**
 * The parts of a zip file by lower-case name, read from the central directory, before anything is unzipped.
 *
 * @throws Unreadable for what is not a whole zip, is encrypted, or would unzip to more than the limit
 */
export const readZipDirectory = (bytes: Buffer): ReadonlyMap<string, ZipPart> => {
  const end = findEnd(bytes);
  const count = bytes.readUInt16LE(end + 10);
  if (count > limits.parts) throw new Unreadable("tooManyParts", limits.parts);
  const parts = new Map<string, ZipPart>();
  let unzipped = 0;
  let offset = bytes.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    if (offset + partLength > end || bytes.readUInt32LE(offset) !== partSignature) throw incomplete();
    const { part, length } = readPart(bytes, offset);
    offset += length;
    unzipped += part.unzippedBytes;
    if (unzipped > limits.unzipped) throw new Unreadable("unzipsTooLarge", limits.unzipped / 1024 / 1024);
    const name = part.name.toLowerCase();
    // Which of the two is meant? What we read might not be what Excel shows.
    if (parts.has(name)) throw new Unreadable("partRepeated", part.name);
    parts.set(name, part);
  }
  return parts;
};

const incomplete = () => new Unreadable("damaged");

/** The end record stands last, but for a comment. */
const findEnd = (bytes: Buffer): number => {
  const earliest = Math.max(0, bytes.length - endLength - commentAtMost);
  for (let offset = bytes.length - endLength; offset >= earliest; offset -= 1) {
    if (bytes.readUInt32LE(offset) === endSignature) return offset;
  }
  throw incomplete();
};

const readPart = (bytes: Buffer, offset: number): { part: ZipPart; length: number } => {
  const flags = bytes.readUInt16LE(offset + 8);
  const method = bytes.readUInt16LE(offset + 10);
  const nameLength = bytes.readUInt16LE(offset + 28);
  const extraLength = bytes.readUInt16LE(offset + 30);
  const length = partLength + nameLength + extraLength + bytes.readUInt16LE(offset + 32);
  if (offset + length > bytes.length) throw incomplete();
  if ((flags & 1) !== 0) throw new Unreadable("encrypted");
  if (method !== 0 && method !== 8) throw new Unreadable("compression", method);
  const nameEnd = offset + partLength + nameLength;
  const [unzippedBytes, compressedBytes, local] = sizes(
    [bytes.readUInt32LE(offset + 24), bytes.readUInt32LE(offset + 20), bytes.readUInt32LE(offset + 42)],
    bytes.subarray(nameEnd, nameEnd + extraLength),
  );
  const name = bytes.toString("utf8", offset + partLength, nameEnd).replaceAll("\\", "/");
  const part: ZipPart = {
    name,
    method: method === 0 ? "stored" : "deflated",
    compressedBytes,
    unzippedBytes,
    offset: local,
  };
  return { part, length };
};

type Sizes = readonly [unzipped: number, compressed: number, offset: number];

/** Some writers put small figures into the ZIP64 extra field too (APPNOTE.TXT 4.5.3): those that are marked, in this order. */
const sizes = (plain: Sizes, extra: Buffer): Sizes => {
  if (!plain.includes(elsewhere)) return plain;
  const field = zip64Field(extra);
  let position = 0;
  const resolved = plain.map((figure) => {
    if (figure !== elsewhere) return figure;
    if (position + 8 > field.length) throw incomplete();
    const large = field.readBigUInt64LE(position);
    position += 8;
    if (large > BigInt(Number.MAX_SAFE_INTEGER)) throw incomplete();
    return Number(large);
  });
  const [unzipped = 0, compressed = 0, offset = 0] = resolved;
  return [unzipped, compressed, offset];
};

const zip64Field = (extra: Buffer): Buffer => {
  for (let offset = 0; offset + 4 <= extra.length; ) {
    const length = extra.readUInt16LE(offset + 2);
    if (extra.readUInt16LE(offset) === 1) return extra.subarray(offset + 4, offset + 4 + length);
    offset += 4 + length;
  }
  throw incomplete();
};
