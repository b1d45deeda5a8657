import { describe, expect, it } from "vitest";
import { MailferryError } from "../../../shared/contract/errors.ts";
import { Timestamp } from "../../../shared/contract/ids.ts";
import type { Waiting } from "../../../shared/contract/pace.ts";
import { NotYet } from "../../../shared/pacing/not-yet.ts";
import { pauseFor } from "../../../shared/pacing/pause.ts";
import { secondsBetween } from "../../../shared/time/moment.ts";

const start = Timestamp.parse("2026-11-22T12:00:00.000Z");
const busy = (words: string) => new MailferryError("ServerBusy", { side: "source", host: "h", words });

/** The waits of a mailbox that is sent away again each time it comes back, in seconds. */
const waitsOf = (thrown: Error, times: number): readonly number[] => {
  const seconds: number[] = [];
  let [waiting, now]: [Waiting | undefined, Timestamp] = [undefined, start];
  for (let time = 0; time < times; time += 1) {
    waiting = pauseFor(thrown, "a@b.test", waiting, now) ?? undefined;
    if (waiting === undefined) break;
    seconds.push(secondsBetween(now, waiting.until));
    now = waiting.until;
  }
  return seconds;
};

describe("a wait", () => {
  it("grows with the time already waited, up to a quarter of an hour and a fifth", () => {
    const seconds = waitsOf(new NotYet("connections", null), 12);
    expect(seconds[0]).toBeLessThanOrEqual(6);
    expect(Math.max(...seconds)).toBeLessThanOrEqual(1_080);
    expect(seconds.at(-1)).toBeGreaterThanOrEqual(900);
    expect(seconds.every((wait, index) => wait >= (seconds[index - 1] ?? 0) * 0.8)).toBe(true);
  });

  it("is at least what the server asks for", () => {
    const [seconds] = waitsOf(busy("Suggested Backoff Time: 92415 milliseconds"), 1);
    expect(seconds).toBeGreaterThanOrEqual(93);
    expect(seconds).toBeLessThanOrEqual(99);
  });

  it("lasts until the hour that is known, and hardly longer", () => {
    const until = Timestamp.parse("2026-11-22T20:00:00.000Z");
    const [seconds] = waitsOf(new NotYet("window", until), 1);
    expect(seconds).toBeGreaterThanOrEqual(28_800);
    expect(seconds).toBeLessThanOrEqual(28_802);
  });

  it("begins anew for another reason", () => {
    const waiting: Waiting = { since: start, until: start, reason: "connections" };
    const now = Timestamp.parse("2026-11-22T13:00:00.000Z");
    expect(pauseFor(busy("busy"), "a@b.test", waiting, now)).toMatchObject({
      since: now,
      reason: "serverBusy",
    });
    expect(pauseFor(new NotYet("connections", null), "a@b.test", waiting, now)).toMatchObject({
      since: start,
    });
  });

  it("is for nothing else than being sent away", () => {
    const lost = new MailferryError("ConnectionLost", { side: "source", host: "h", reason: "reset" });
    expect(pauseFor(lost, "a@b.test", undefined, start)).toBeNull();
  });
});
