import { describe, expect, it } from "vitest";
import { MailferryError } from "../../../shared/contract/errors.ts";
import { MustWait } from "../../../shared/copy/must-wait.ts";
import { OutOfTime, requireTime } from "../../../shared/copy/out-of-time.ts";
import { retryDelay } from "../../../shared/copy/retry-delay.ts";

const lost = new MailferryError("ConnectionLost", { side: "source", host: "h", reason: "cut" });
const delays = (thrown: unknown): number[] => [1, 2, 3, 7].map((count) => retryDelay(thrown, count));

describe("when failed work is tried again", () => {
  it("comes back to a lost connection soon, but not before what was sent on it has drained", () => {
    expect(delays(lost)).toEqual([3, 3, 4, 64]);
    expect(delays(new Error("unknown"))).toEqual([3, 3, 4, 64]);
  });

  it("waits for as long as the work asks to", () => {
    expect(delays(new MustWait("its hours", 7_200))).toEqual([7_200, 7_200, 7_200, 7_200]);
  });

  it("goes on soon when only the worker's time ran out", () => {
    expect(delays(new OutOfTime())).toEqual([3, 3, 3, 3]);
    expect(() => requireTime(19_999)).toThrow(OutOfTime);
    expect(() => requireTime(20_000)).not.toThrow();
  });
});
