import { describe, expect, it } from "vitest";
import { refusalClass } from "../../../shared/copy/refusal.ts";

describe("why a message was refused", () => {
  it.each([
    ["OVERQUOTA", "Quota exceeded (mailbox for user is full)", "over-quota"],
    [null, "Over quota", "over-quota"],
    ["ALERT", "You exceeded your mail quota.", "over-quota"],
    ["TOOBIG", "No.", "too-large"],
    ["LIMIT", "Mail size is larger than the maximum size allowed by server configuration", "too-large"],
    [null, "Message size exceeds maximum message size", "too-large"],
    [null, "Message contains invalid header", "malformed"],
    [null, "Message contains bare newlines: bare LF", "malformed"],
    [null, "Message contains NUL characters", "malformed"],
    ["CANNOT", "I would rather not.", "other"],
  ] as const)("%s %s is %s", (code, words, expected) => {
    expect(refusalClass(code, words)).toBe(expected);
  });
});
