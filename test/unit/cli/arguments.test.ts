import { describe, expect, it } from "vitest";
import { readMigrateArguments } from "../../../infra/local/cli/arguments.ts";
import { UnusableInput } from "../../../infra/local/cli/unusable-input.ts";

const problemsOf = (words: readonly string[]): readonly string[] => {
  try {
    readMigrateArguments(words);
  } catch (error) {
    if (error instanceof UnusableInput) return error.problems;
    throw error;
  }
  return [];
};

describe("the command line of migrate", () => {
  it("needs settings and accounts; the rest has defaults", () => {
    expect(readMigrateArguments(["--settings", "m.json", "--accounts", "a.xlsx"])).toEqual({
      settings: "m.json",
      accounts: "a.xlsx",
      through: "switch",
      data: ".mailferry",
      json: false,
    });
  });

  it("names everything that is missing, with the usage", () => {
    expect(problemsOf([])).toEqual([
      "--settings FILE is needed",
      "--accounts FILE.xlsx or FILE.csv is needed",
      expect.stringContaining("npm run -s migrate"),
    ]);
  });

  it.each([
    [["--through", "sometime"], "--through is accounts, history or switch"],
    [["--sheet", "x"], "--sheet"],
    [["--aws-endpoint", "nowhere"], "--aws-endpoint is a URL"],
  ])("refuses %j", (words, problem) => {
    expect(problemsOf(["--settings", "m.json", "--accounts", "a.xlsx", ...words]).join("\n")).toContain(
      problem,
    );
  });
});
