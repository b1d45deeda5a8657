import { describe, expect, it } from "vitest";
import { pauseAfter } from "../../../infra/local/cli/pause-after.ts";

describe("the pause between two looks", () => {
  it("is a tenth of what was waited, within what a person or a processor would mind", () => {
    expect([0, 500, 1_000, 2_000, 3_000, 86_400_000].map(pauseAfter)).toEqual([50, 50, 100, 200, 300, 300]);
  });
});
