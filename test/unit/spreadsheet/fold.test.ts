import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { proseCell, trimmedCell } from "../../../shared/spreadsheet/fold.ts";

describe("a cell", () => {
  it.each([
    ["blanks at both ends", " \t\n a b \r\n　", "a b"],
    ["marks that copying leaves", "\ufeff\u200b\u2060a\u200d", "a"],
    ["nothing but blanks", " \u3000\u00a0\u200b ", ""],
    ["nothing", "", ""],
    ["characters of two units", " 𠮷😀 ", "𠮷😀"],
  ])("is trimmed of %s", (_what, cell, trimmed) => {
    expect(trimmedCell(cell)).toBe(trimmed);
  });

  it("keeps what stands between, whatever surrounds it", () => {
    const blanks = fc.stringMatching(/^[ \t\n\u00a0\u3000\u200b-\u200d\u2060\ufeff]*$/u);
    const content = fc.stringMatching(/^[^\s\u200b-\u200d\u2060\ufeff]+$/u);
    fc.assert(
      fc.property(blanks, content, blanks, content, blanks, (before, first, between, last, after) => {
        expect(trimmedCell(`${before}${first}${between}${last}${after}`)).toBe(`${first}${between}${last}`);
      }),
    );
  });

  // Were it tried from every blank to the last one, these few megabytes would be at it for days.
  it("of millions of blanks between two letters is read like any other", () => {
    const hostile = `a${" ".repeat(4_000_000)}b`;
    expect(trimmedCell(hostile).length).toBe(hostile.length);
    expect(proseCell(hostile)).toBe("a b");
  });
});
