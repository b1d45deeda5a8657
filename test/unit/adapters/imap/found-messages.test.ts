import { describe, expect, it } from "vitest";
import { FoundMessages } from "../../../../functions/adapters/imap/wire/found-messages.ts";

const foundIn = (...lines: readonly string[]): string | null => {
  const found = new FoundMessages();
  for (const line of lines) found.hear(line);
  return found.uids;
};

describe("the messages that a search found", () => {
  it.each([
    ["* SEARCH 7 2 8", "2,7:8"],
    ["* search 7 ", "7"],
    ["* SEARCH", ""],
    ['* ESEARCH (TAG "f2") UID ALL 4:5,9', "4:5,9"],
    ["* ESEARCH UID ALL 3", "3"],
    ['* ESEARCH (TAG "f2") UID', ""],
    ["* ESEARCH", ""],
  ])("are those in %j", (line, uids) => {
    expect(foundIn(line)).toBe(uids);
  });

  it.each([
    [],
    ["* SEARCHED 1"],
    ["* SEARCH 1 x"],
    ["* SEARCH 0"],
    ["* SEARCH 1 (MODSEQ 917162500)"],
    ['* ESEARCH (TAG "f2") UID ALL *'],
    ['* ESEARCH (TAG "f2") UID COUNT 3'],
    ["* 3 EXISTS"],
  ])("are not known from %j", (...lines) => {
    expect(foundIn(...lines)).toBeNull();
  });

  it("are those that were named last", () => {
    expect(foundIn("* SEARCH 1", "* 3 EXISTS", "* SEARCH 2")).toBe("2");
    expect(foundIn("* SEARCH 1", "* SEARCH x")).toBeNull();
  });
});
