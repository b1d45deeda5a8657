import type { ObjectStore } from "../ports/object-store.ts";
import type { Directory, Member } from "./directory.ts";

/** Members put into words at a time: a directory of 100,000 as one text would take more memory than the directory itself. */
const together = 1_000;

/** Keeps a directory that came with an upload, in the form of a directory file, for later uploads that bring none. */
export const keepDirectory = async (
  { objects }: { readonly objects: Pick<ObjectStore, "write"> },
  path: string,
  { members }: Directory,
): Promise<void> => {
  await objects.write(path, directoryFile(members), "application/json");
};

const directoryFile = (members: readonly Member[]): Uint8Array => {
  const encoder = new TextEncoder();
  const pieces: Uint8Array[] = [];
  for (let start = 0; start < members.length; start += together) {
    const words = members.slice(start, start + together).map((member) => JSON.stringify(member));
    pieces.push(encoder.encode(`${start === 0 ? "[" : ","}${words.join(",")}`));
  }
  pieces.push(encoder.encode(members.length === 0 ? "[]" : "]"));
  const file = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let offset = 0;
  for (const piece of pieces) {
    file.set(piece, offset);
    offset += piece.length;
  }
  return file;
};
