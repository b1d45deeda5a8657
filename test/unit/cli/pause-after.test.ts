import { describe, expect, it } from "vitest";
import { pauseAfter } from "../../../infra/local/cli/pause-after.ts";

describe("the pause between two looks", () => {
  it("is a fifteenth of what was waited, within what a person or a processor would mind", () => {
    expect([0, 225, 750, 1_500, 4_500, 86_400_000].map(pauseAfter)).toEqual([15, 15, 50, 100, 300, 300]);
  });

  it("looks some forty times in the first second, which is one twentieth of it", () => {
    let looks = 0;
    for (let waited = 0; waited < 1_000; waited += pauseAfter(waited)) looks += 1;
    expect(looks).toBeLessThan(42);
  });
});
