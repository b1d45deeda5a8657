import { describe, expect, it } from "vitest";
import { MemberId } from "../../../shared/contract/ids.ts";
import type { SentCards } from "../../../shared/contract/sent-cards.ts";
import { cardTurn, takeCardTurn } from "../../../shared/notices/card-pace.ts";
import { FakeCardStore } from "../../support/fake-card-store.ts";
import { FakeClock } from "../../support/fake-clock.ts";

/** Sends whatever may be sent, every so many seconds, for so long; returns the moments in seconds. */
const sendAll = (everySeconds: number, forSeconds: number): readonly number[] => {
  const clock = new FakeClock();
  const moments: number[] = [];
  let sent: SentCards | null = null;
  for (let second = 0; second < forSeconds; second += everySeconds) {
    const turn = cardTurn(sent, clock.now());
    if (turn.turn === "now") {
      sent = turn.next;
      moments.push(second);
    }
    clock.advance(everySeconds);
  }
  return moments;
};

const mostWithin = (moments: readonly number[], seconds: number): number =>
  Math.max(...moments.map((from) => moments.filter((each) => each >= from && each < from + seconds).length));

describe("cards to one member", () => {
  it("are never more than 30 in a minute and 1,000 in an hour, whenever one looks", () => {
    const moments = sendAll(1, 3_800);
    expect(mostWithin(moments, 60)).toBe(30);
    expect(mostWithin(moments, 3_600)).toBe(1_000);
  });

  it("wait exactly until one more may go", () => {
    const clock = new FakeClock();
    let sent: SentCards | null = null;
    for (let number = 0; number < 30; number += 1) {
      const turn = cardTurn(sent, clock.now());
      if (turn.turn !== "now") throw new Error("The first thirty may go.");
      sent = turn.next;
      clock.advance(1);
    }
    const later = cardTurn(sent, clock.now());
    expect(later).toEqual({ turn: "later", retryAfterSeconds: 30 });
    clock.advance(30);
    expect(cardTurn(sent, clock.now()).turn).toBe("now");
  });

  it("are counted together by whoever sends at the same time", async () => {
    const app = { clock: new FakeClock(), cards: new FakeCardStore() };
    const take = () => takeCardTurn(app, "ww0", MemberId.parse("lihua"));
    const turns = [];
    for (let number = 0; number < 20; number += 1) turns.push(...(await Promise.all([take(), take()])));
    expect(turns.filter(({ turn }) => turn === "now")).toHaveLength(30);
    expect(await takeCardTurn(app, "ww0", MemberId.parse("wangfang"))).toMatchObject({ turn: "now" });
  });
});
