import { expect, it } from "vitest";
import { MailboxAmount } from "../../../shared/pacing/mailbox-amount.ts";
import { FakeClock } from "../../support/fake-clock.ts";
import { exampleAccount } from "../../support/migration-example.ts";

it("a worker gives way where another one counts the same mailbox' octets all the time", async () => {
  let tries = 0;
  const pace = {
    fetched: async () => null,
    replaceFetched: async () => {
      tries += 1;
      return false;
    },
  };
  const amount = new MailboxAmount({ clock: new FakeClock(), pace }, exampleAccount(1), 1_000_000);
  await expect(amount.charge(1)).rejects.toThrow("taken over by a newer delivery");
  expect(tries).toBe(4);
});
