import { describe, expect, it } from "vitest";
import { MailferryError } from "../../../shared/contract/errors.ts";
import { OutOfTime, requireTime } from "../../../shared/copy/out-of-time.ts";
import { retryDelay } from "../../../shared/copy/retry-delay.ts";

const busy = new MailferryError("ServerBusy", { side: "source", host: "h", words: "later" });
const lost = new MailferryError("ConnectionLost", { side: "source", host: "h", reason: "cut" });
const delays = (thrown: unknown): number[] => [1, 2, 3, 7].map((count) => retryDelay(thrown, count));

describe("when failed work is tried again", () => {
  it("leaves a busy server alone longer each time, and comes back to a lost connection at once", () => {
    expect(delays(busy)).toEqual([30, 60, 120, 900]);
    expect(delays(lost)).toEqual([1, 2, 4, 64]);
    expect(delays(new Error("unknown"))).toEqual([1, 2, 4, 64]);
  });

  it("goes on at once when only the worker's time ran out", () => {
    expect(delays(new OutOfTime())).toEqual([0, 0, 0, 0]);
    expect(() => requireTime(19_999)).toThrow(OutOfTime);
    expect(() => requireTime(20_000)).not.toThrow();
  });
});
