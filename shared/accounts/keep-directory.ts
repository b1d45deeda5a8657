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

/** Put into words twice, to know how long it will be: gathered piece by piece it would lie in memory twice. */
const directoryFile = (members: readonly Member[]): Uint8Array => {
  let length = 0;
  for (const piece of pieces(members)) length += piece.length;
  const file = new Uint8Array(length);
  let offset = 0;
  for (const piece of pieces(members)) {
    file.set(piece, offset);
    offset += piece.length;
  }
  return file;
};

function* pieces(members: readonly Member[]): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode("[");
  for (let start = 0; start < members.length; start += together) {
    const words = members.slice(start, start + together).map((member) => JSON.stringify(member));
    yield encoder.encode(`${start === 0 ? "" : ","}${words.join(",")}`);
  }
  yield encoder.encode("]");
}
