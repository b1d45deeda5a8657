import type { FolderPath, UidValidity } from "../contract/ids.ts";
import type { BatchPart } from "../contract/mailbox.ts";
import type { MessageSize } from "../ports/mail-server.ts";
import { largestMessage } from "./refusal.ts";
import { uidSetOf } from "./uid-set.ts";

/** New messages of one folder, ascending by UID. */
export interface FolderLoad {
  readonly sourcePath: FolderPath;
  readonly sourceUidValidity: UidValidity;
  readonly targetPath: FolderPath;
  readonly messages: readonly MessageSize[];
}

/**
 * What one queue message carries: about a minute of work, so that connecting is amortised and it still ends far inside the
 * worker's five minutes. The number of parts is what a batch record may hold.
 */
export const fullestBatch = { messages: 2_000, bytes: 64_000_000, parts: 200 } as const;

/** Cuts folders into batches: a large folder into slices, several small ones into one. The same input gives the same batches. */
export const formBatches = (folders: readonly FolderLoad[]): readonly (readonly BatchPart[])[] => {
  const batches: BatchPart[][] = [];
  let batch: BatchPart[] = [];
  let room: Room = fullestBatch;
  const close = (): void => {
    if (batch.length > 0) batches.push(batch);
    batch = [];
    room = fullestBatch;
  };
  for (const folder of folders) {
    let next = 0;
    while (next < folder.messages.length) {
      const slice = sliceThatFits(folder.messages, next, room, batch.length === 0);
      if (slice.messages.length === 0) {
        close();
        continue;
      }
      batch.push(partOf(folder, slice));
      next += slice.messages.length;
      room = {
        messages: room.messages - slice.messages.length,
        bytes: room.bytes - slice.bytes,
        parts: room.parts - 1,
      };
    }
  }
  close();
  return batches;
};

interface Room {
  readonly messages: number;
  readonly bytes: number;
  readonly parts: number;
}

interface Slice {
  readonly messages: FolderLoad["messages"];
  readonly bytes: number;
}

/** As many messages from `start` on as there is room for; into an empty batch always one, however large. */
const sliceThatFits = (
  messages: FolderLoad["messages"],
  start: number,
  room: Room,
  isEmpty: boolean,
): Slice => {
  if (room.parts === 0) return { messages: [], bytes: 0 };
  let end = start;
  let bytes = 0;
  for (const { size } of messages.slice(start, start + room.messages)) {
    if (bytes + size > room.bytes && !(isEmpty && end === start)) break;
    bytes += size;
    end += 1;
  }
  return { messages: messages.slice(start, end), bytes };
};

const partOf = (
  { sourcePath, sourceUidValidity, targetPath }: FolderLoad,
  { messages, bytes }: Slice,
): BatchPart => ({
  sourcePath,
  sourceUidValidity,
  targetPath,
  uids: uidSetOf(messages.map(({ uid }) => uid)),
  messages: messages.length,
  bytes,
  oversize: uidSetOf(messages.filter(({ size }) => size > largestMessage).map(({ uid }) => uid)),
  progress: { state: "planned" },
});
