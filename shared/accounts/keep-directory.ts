import type { ObjectStore } from "../ports/object-store.ts";
import type { Directory, Member } from "./directory.ts";

/** Members put into words at a time: a directory of 100,000 as one text would take more memory than the directory itself. */
const together = 1_000;

/** A directory in the form of a directory file, and where it belongs. */
export interface KeptDirectory {
  readonly path: string;
  readonly file: Uint8Array;
}

/** Puts a directory into words: twice, to know how long they will be, because gathered piece by piece they would lie in memory twice. */
export const directoryFile = (path: string, { members }: Directory): KeptDirectory => {
  let length = 0;
  for (const piece of pieces(members)) length += piece.length;
  const file = new Uint8Array(length);
  let offset = 0;
  for (const piece of pieces(members)) {
    file.set(piece, offset);
    offset += piece.length;
  }
  return { path, file };
};

/** Keeps a directory that came with an upload, for later uploads that bring none. */
export const keepDirectory = (
  { objects }: { readonly objects: Pick<ObjectStore, "write"> },
  { path, file }: KeptDirectory,
): Promise<void> => objects.write(path, file, "application/json");

function* pieces(members: readonly Member[]): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode("[");
  for (let start = 0; start < members.length; start += together) {
    const words = members.slice(start, start + together).map((member) => JSON.stringify(member));
    yield encoder.encode(`${start === 0 ? "" : ","}${words.join(",")}`);
  }
  yield encoder.encode("]");
}
