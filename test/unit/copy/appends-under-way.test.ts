import { describe, expect, it } from "vitest";
import { FolderPath } from "../../../shared/contract/ids.ts";
import { AppendsUnderWay } from "../../../shared/copy/appends-under-way.ts";
import { Room } from "../../../shared/copy/room.ts";
import { uidOf } from "../../../shared/copy/uid-set.ts";
import type { AppendOutcome, RawMessage } from "../../../shared/ports/mail-server.ts";

const message: RawMessage = {
  ...{ uid: uidOf(1), size: 4, internalDate: "2020-01-01T00:00:00.000Z", flags: [] },
  raw: Buffer.from("mail"),
};

/** Lets everything happen that waits for nobody. */
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

/** Appends to a target whose answers the test gives, on a way that holds two messages. */
const underWay = () => {
  const answers: PromiseWithResolvers<readonly AppendOutcome[]>[] = [];
  const target = {
    append: () => {
      const answer = Promise.withResolvers<readonly AppendOutcome[]>();
      answers.push(answer);
      return answer.promise;
    },
  };
  const way = new Room({ pieces: 2, weight: 8 });
  const appends = new AppendsUnderWay(target, FolderPath.parse("INBOX"), way, () => undefined);
  return { answers, appends, way };
};

describe("appends under way", () => {
  it("end with the first that failed: what waited for room is not sent behind it, and leaves its room", async () => {
    const { answers, appends, way } = underWay();
    await appends.send([message, message]);
    const waiting = appends.send([message]);
    await settle();
    expect(answers).toHaveLength(1);
    answers[0]?.reject(new Error("the target has gone"));
    await expect(waiting).rejects.toThrow("the target has gone");
    await expect(appends.send([message])).rejects.toThrow("the target has gone");
    expect(answers).toHaveLength(1);
    expect(way.tryEnter({ pieces: 2, weight: 8 })).toBe(true);
    await expect(appends.meetAll()).rejects.toThrow("the target has gone");
  });
});
