import { describe, expect, it } from "vitest";
import { hintedSeconds } from "../../../shared/pacing/server-hint.ts";

describe("a server's hint how long to stay away", () => {
  it.each([
    ["Request is throttled. Suggested Backoff Time: 92415 milliseconds", 93],
    ["Suggested Backoff Time: 5 milliseconds", 1],
    ["Too many requests, try again in 15 minutes.", 900],
    ["[THROTTLED] retry after 30 seconds", 30],
    ["Account exceeded bandwidth limits, please wait 2 hours", 7_200],
    ["Please wait 999999 hours", 86_400],
  ])("is read from “%s”", (words, seconds) => {
    expect(hintedSeconds(words)).toBe(seconds);
  });

  it.each([
    "Too many simultaneous connections. (Failure)",
    "[LIMIT] 20 connections at most",
    "system busy!",
    "",
  ])("is not made up from “%s”", (words) => {
    expect(hintedSeconds(words)).toBeNull();
  });
});
