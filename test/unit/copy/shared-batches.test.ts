import { describe, expect, it } from "vitest";
import { BatchRecord, FolderRecord } from "../../../shared/contract/mailbox.ts";
import { markNormalised, owe } from "../../../shared/copy/amend-parts.ts";
import { SharedBatches } from "../../../shared/copy/shared-batches.ts";
import { uidMapOf } from "../../../shared/copy/uid-map.ts";
import { uidOf, uidSetOf } from "../../../shared/copy/uid-set.ts";
import { exampleId } from "../../support/migration-example.ts";

const mailbox = { migrationId: exampleId, address: "a@b.example" };
const folderOf = (path: string) =>
  FolderRecord.parse({
    ...{ ...mailbox, sourcePath: path, sourceUidValidity: "1", targetPath: path, targetUidValidity: "2" },
    ...{ provenance: "same-name", targetUidNextAtFirst: 1, plannedBelowUid: 3, flagsAsOfModseq: null },
  });
const pairs = uidMapOf([
  [uidOf(1), uidOf(11)],
  [uidOf(2), uidOf(12)],
]);
const left = uidMapOf([[uidOf(2), uidOf(12)]]);
const partOf = (sourcePath: string) => ({
  ...{ sourcePath, sourceUidValidity: "1", targetPath: sourcePath, uids: "1:2", messages: 2, bytes: 20 },
  progress: {
    ...{ state: "recorded", targetUidValidity: "2", copied: pairs, alreadyThere: [] },
    ...{ refused: "", vanished: "", bytesCopied: 20 },
  },
});
const batch = BatchRecord.parse({
  ...{ ...mailbox, batchId: "000001-000001", pass: 1 },
  parts: [partOf("Work"), partOf("Sent")],
});

/** Stores that say what was written, each write in a time of its own. */
const stores = () => {
  const written: BatchRecord[] = [];
  const held: (() => void)[] = [];
  const putBatch = (one: BatchRecord) =>
    new Promise<void>((resolve) => {
      held.push(() => {
        written.push(one);
        resolve();
      });
    });
  return { written, held, shared: new SharedBatches({ putBatch }, [batch]) };
};

const settled = async (work: readonly Promise<unknown>[], held: (() => void)[]): Promise<void> => {
  let isOver = false;
  const all = Promise.all(work).then(() => {
    isOver = true;
  });
  for (let turn = 0; turn < 50 && !isOver; turn += 1) {
    // The latest first: what was begun last must not be able to come first.
    held.pop()?.();
    await Promise.resolve();
  }
  await all;
};

describe("batches that folders share", () => {
  it("keep what was amended for each of them, whoever writes last", async () => {
    const { written, held, shared } = stores();
    const app = { mailboxes: shared };
    await settled(
      [
        owe(app, folderOf("Work"), [batch], [uidOf(11)]),
        markNormalised(app, folderOf("Sent"), [batch], uidSetOf([2])),
      ],
      held,
    );
    const [work, sent] = written.at(-1)?.parts ?? [];
    expect(work?.progress).toMatchObject({ copied: left });
    expect(sent?.progress).toMatchObject({ copied: pairs, normalised: "2" });
    expect(written).toHaveLength(2);
  });

  it("keep what one folder amends one after the other", async () => {
    const { written, held, shared } = stores();
    const app = { mailboxes: shared };
    const folder = folderOf("Work");
    const work = owe(app, folder, [batch], [uidOf(11)]).then((amended) =>
      markNormalised(app, folder, amended, uidSetOf([2])),
    );
    await settled([work], held);
    expect(written.at(-1)?.parts[0]?.progress).toMatchObject({ copied: left, normalised: "2" });
  });
});
