import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { claimDirectory, useDirectory } from "../../infra/local/assembly/usage.ts";
import { startProcess } from "../support/killable-process.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

describe("the use of a directory", () => {
  it.each([
    { what: "using", attempt: useDirectory },
    { what: "claiming", attempt: claimDirectory },
  ])(
    "$what it is possible or not, and never an error, while another process puts one after the other in its place",
    async ({ attempt }) => {
      const place = join(await temporaryDirectory(), "place");
      const replacer = startProcess("directory-replacer.ts", place, "500");
      onTestFinished(() => replacer.kill());
      const outcomes = { had: 0, missed: 0 };
      while (!replacer.said.some(({ event }) => event === "done")) {
        for (let times = 0; times < 50; times += 1) {
          using usage = attempt(place);
          outcomes[usage === null ? "missed" : "had"] += 1;
        }
        await setImmediate();
      }
      expect(outcomes.had).toBeGreaterThan(0);
      expect(outcomes.missed).toBeGreaterThan(0);
    },
  );

  it.each([
    { what: "used", attempt: useDirectory },
    { what: "claimed", attempt: claimDirectory },
  ])("that can't be $what for another reason is not taken for one that is absent", async ({ attempt }) => {
    const place = await temporaryDirectory();
    await mkdir(join(place, "in-use.sqlite"));
    expect(() => attempt(place)).toThrow("unable to open database file");
    expect(attempt(join(place, "absent"))).toBeNull();
  });
});
