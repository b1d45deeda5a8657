import { isUtf8 } from "node:buffer";
import { TextDecoder } from "node:util";
import { Unreadable } from "../excel/unreadable.ts";
import { isLikelyGb18030 } from "./likely-gb18030.ts";

const pieceLength = 64 * 1024;

/**
 * The file's text, piece by piece. A byte order mark says which Unicode it is (Excel's "Unicode text" is UTF-16LE); without one
 * it is UTF-8 if all of it is, because other encodings hardly ever look so, and else GB18030, which contains the GBK that
 * Excel and WPS write in China. Nothing is ever replaced: names that have been decoded wrongly would be imported as such.
 *
 * @throws Unreadable when it is none of these
 */
export function* textPieces(bytes: Buffer): Generator<string> {
  const { encoding, start } = encodingOf(bytes);
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for (let offset = start; offset < bytes.length; offset += pieceLength)
      yield plain(decoder.decode(bytes.subarray(offset, offset + pieceLength), { stream: true }));
    yield decoder.decode();
  } catch (error) {
    throw error instanceof Unreadable
      ? error
      : new Unreadable("encodingUnknown", undefined, { cause: error });
  }
}

const marks = [
  { mark: Buffer.from([0xef, 0xbb, 0xbf]), encoding: "utf-8" },
  { mark: Buffer.from([0xff, 0xfe]), encoding: "utf-16le" },
  { mark: Buffer.from([0xfe, 0xff]), encoding: "utf-16be" },
] as const;

const encodingOf = (bytes: Buffer): { readonly encoding: string; readonly start: number } => {
  for (const { mark, encoding } of marks)
    if (bytes.subarray(0, mark.length).equals(mark)) return { encoding, start: mark.length };
  if (isUtf8(bytes)) return { encoding: "utf-8", start: 0 };
  if (isLikelyGb18030(bytes)) return { encoding: "gb18030", start: 0 };
  throw new Unreadable("encodingUnknown");
};

/** A NUL stands in no text that a person wrote; in most other files it does. */
const plain = (piece: string): string => {
  if (piece.includes("\0")) throw new Unreadable("notText");
  return piece;
};
