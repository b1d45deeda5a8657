import { describe, expect, it } from "vitest";
import { seedMailbox } from "../../infra/local/demo/seeding/seed-mailbox.ts";
import { countTurns } from "../support/counted-turns.ts";
import { eventually } from "../support/eventually.ts";
import { privateDovecot, someone } from "../support/private-dovecot.ts";
import { makePass, realMailbox } from "../support/real-mailbox.ts";

const messages = Array.from({ length: 5 }, (_, number) => ({
  raw: Buffer.from(`Subject: mail ${number}\r\n\r\n${"x\r\n".repeat(number)}`),
  flags: number % 2 === 0 ? ["\\Seen"] : [],
  internalDate: new Date(Date.UTC(2020, 0, 1, 0, number)),
}));

describe("the first visit to a mailbox", () => {
  it.each([
    ["one folder", ["INBOX"]],
    ["four folders", ["INBOX", "项目", "Sent", "A/B"]],
  ])("waits for the source no more often than it has to: %s", async (_name, paths) => {
    const [source, target] = [await privateDovecot(), await privateDovecot()];
    await seedMailbox(
      source,
      someone.user,
      paths.map((path) => ({ path, messages })),
    );
    const counted = { source: await countTurns(source), target: await countTurns(target) };
    const world = await realMailbox(counted.source, counted.target);
    world.visitMilliseconds = 60_000;
    const { state, totals } = await makePass(world);
    expect(state).toMatchObject({ status: "completed", copiedInPass: paths.length * messages.length });
    expect(totals?.verification).toMatchObject({ identical: paths.length * messages.length, unexplained: 0 });
    const { heard } = counted.source;
    await eventually("the goodbye", () => (/ LOGOUT\r\n/.test(heard()) ? true : undefined));
    // The login, the survey, the sizes, the messages, the survey behind them, the comparison and the goodbye.
    expect(counted.source.turns()).toBe(7);
    expect(counted.target.heard()).not.toContain(" STATUS INBOX");
    // The folder with all that is compared of it, in one go.
    expect(counted.target.heard()).toMatch(
      /EXAMINE "INBOX"\r\n(f\d+ .*\r\n)*f\d+ UID FETCH \S+ \(.*BODY.PEEK\[\]\)\r\n(f\d+ .*\r\n)*f\d+ UID FETCH 1:5 /,
    );
  });
});
