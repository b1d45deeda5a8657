import { TextDecoder } from "node:util";
import { createInflateRaw } from "node:zlib";
import { Unreadable } from "./unreadable.ts";
import type { ZipPart } from "./zip-directory.ts";

const localSignature = 0x04034b50;
const localLength = 30;

/**
 * A part's text, piece by piece. The decoder runs across the pieces, so a character of several bytes may be cut by them.
 *
 * @throws Unreadable when the part is damaged, larger than `bytesAtMost` or than the zip's directory says, or not Unicode
 */
export async function* unzipText(bytes: Buffer, part: ZipPart, bytesAtMost: number): AsyncGenerator<string> {
  if (part.unzippedBytes > bytesAtMost) throw new Unreadable("partTooLarge", part.name);
  let decoder: TextDecoder | null = null;
  let unzipped = 0;
  try {
    for await (const piece of unzip(bytes, part)) {
      unzipped += piece.length;
      if (unzipped > part.unzippedBytes) throw new Unreadable("partLarger", part.name);
      decoder ??= decoderFor(piece);
      yield decoder.decode(piece, { stream: true });
    }
    if (unzipped < part.unzippedBytes) throw damaged(part);
    if (decoder !== null) yield decoder.decode();
  } catch (error) {
    throw error instanceof Unreadable ? error : damaged(part, { cause: error });
  }
}

async function* unzip(bytes: Buffer, part: ZipPart): AsyncGenerator<Buffer> {
  const { offset } = part;
  if (offset + localLength > bytes.length || bytes.readUInt32LE(offset) !== localSignature)
    throw damaged(part);
  const start = offset + localLength + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
  const content = bytes.subarray(start, start + part.compressedBytes);
  if (part.method === "stored") {
    yield content;
    return;
  }
  const inflate = createInflateRaw({ chunkSize: 16 * 1024 });
  inflate.end(content);
  for await (const piece of inflate) if (Buffer.isBuffer(piece)) yield piece;
}

/** XML 1.0 §4.3.3: UTF-16 announces itself by a byte order mark, everything else we read is UTF-8. */
const decoderFor = (piece: Buffer): TextDecoder => {
  const mark = piece.length < 2 ? 0 : piece.readUInt16BE(0);
  const encoding = mark === 0xfffe ? "utf-16le" : mark === 0xfeff ? "utf-16be" : "utf-8";
  return new TextDecoder(encoding, { fatal: true });
};

const damaged = ({ name }: ZipPart, options?: ErrorOptions) => new Unreadable("partDamaged", name, options);
