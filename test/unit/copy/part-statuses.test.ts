import { describe, expect, it } from "vitest";
import { type FolderPath, UidValidity } from "../../../shared/contract/ids.ts";
import { BatchPart } from "../../../shared/contract/mailbox.ts";
import { partStatuses } from "../../../shared/copy/part-statuses.ts";
import { quietly } from "../../../shared/copy/quietly.ts";
import { uidRange } from "../../../shared/copy/uid-set.ts";
import type { FolderStatus } from "../../../shared/ports/mail-server.ts";

const recorded = {
  ...{ state: "recorded", targetUidValidity: "2", copied: [], alreadyThere: [] },
  ...{ refused: "", vanished: "1:2", bytesCopied: 0 },
};

/** Forty folders, the third of which is worked off. */
const parts = Array.from({ length: 40 }, (_, index) =>
  BatchPart.parse({
    ...{ sourcePath: `Folder ${index}`, sourceUidValidity: "1", targetPath: `Target ${index}` },
    ...{ uids: uidRange(1, 2), messages: 2, bytes: 20 },
    progress: index === 2 ? recorded : { state: "planned" },
  }),
);

interface Question {
  readonly path: FolderPath;
  answer(status: FolderStatus | null): void;
  fail(): void;
}

/** Lets everything happen that waits for nobody. */
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

/** Questions about folders that are answered when the test lets them; the first of them have been asked. */
const asking = async () => {
  const questions: Question[] = [];
  const folderStatus = (path: FolderPath): Promise<FolderStatus | null> => {
    const { promise, resolve, reject } = Promise.withResolvers<FolderStatus | null>();
    questions.push({ path, answer: resolve, fail: () => reject(new Error("the line is dead")) });
    return promise;
  };
  const statuses = partStatuses({ folderStatus }, parts, ({ targetPath }) => targetPath);
  await settle();
  return { questions, told: () => statuses };
};

const statusOf = (path: FolderPath): FolderStatus => ({
  uidValidity: UidValidity.parse("1"),
  uidNext: Number(path.split(" ")[1]) + 1,
  messages: 2,
  highestModseq: null,
});

describe("the folders of a batch", () => {
  it("are asked about together, as many as is bearable, and told of in the order of the parts", async () => {
    const { questions, told } = await asking();
    expect(questions).toHaveLength(32);
    expect(questions.map(({ path }) => path)).not.toContain("Target 2");
    for (let at = 0; at < 39; at += 1) {
      // Those that were asked last are answered first, as far as there are any.
      const [question] = questions.splice(-1);
      question?.answer(question.path === "Target 7" ? null : statusOf(question.path));
      await settle();
      expect(questions.length).toBe(Math.min(32, 38 - at));
    }
    const expected = parts.map((_, index) => (index === 2 || index === 7 ? undefined : index + 1));
    expect((await told()).map((status) => status?.uidNext)).toEqual(expected);
  });

  it("are not known where one of them cannot be asked about, and nothing is left behind", async () => {
    const { questions, told } = await asking();
    let isOver = false;
    const failed = quietly(
      told().finally(() => {
        isOver = true;
      }),
    );
    const [first, ...others] = questions;
    first?.fail();
    await settle();
    expect(isOver).toBe(false);
    for (const other of others) other.answer(statusOf(other.path));
    await expect(failed).rejects.toThrow("the line is dead");
    expect(questions).toHaveLength(32);
  });
});
