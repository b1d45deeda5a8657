import { describe, expect, it } from "vitest";
import { cellProblem, RowError, rowSentence, rowVocabulary } from "../../../shared/spreadsheet/row-errors.ts";

const placeholders = (sentence: string) =>
  [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name).toSorted();

describe("the vocabulary of row errors", () => {
  it.each(Object.entries(rowVocabulary))(
    "%s carries the same evidence in both languages",
    (_name, { en, zhCN }) => {
      expect(placeholders(zhCN)).toEqual(placeholders(en));
      expect(en).not.toBe(zhCN);
    },
  );

  it("bounds its evidence", () => {
    const problem = cellProblem("MemberUnknown", { member: "x".repeat(10_000) });
    expect(String(problem.evidence.member).length).toBeLessThan(400);
  });

  it("shows missing evidence as a question mark rather than hiding the error", () => {
    const error = RowError.parse({ sheet: "S", row: 2, column: "C", name: "MemberUnknown", evidence: {} });
    expect(rowSentence(error, "en")).toContain("? is not in the members' directory");
    expect(() => RowError.parse({ ...error, name: "Nonsense" })).toThrow("a name of the row vocabulary");
  });
});
