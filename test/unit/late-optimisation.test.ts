import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { lateOptimisationFlags } from "../../infra/local/lambda/late-optimisation.ts";

describe("late optimisation", () => {
  it("asks V8 for what it knows, and for ten times its own number", () => {
    const known = execFileSync(process.execPath, ["--v8-options"], { encoding: "utf8" });
    for (const flag of lateOptimisationFlags) {
      const [name = "", count] = flag.split("=");
      expect(known).toContain(`type: int  default: ${name}=${Number(count) / 10}\n`);
    }
  });
});
