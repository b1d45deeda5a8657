import { expect, it } from "vitest";
import { PassNumber } from "../../shared/contract/ids.ts";
import { type Migration, Migration as MigrationRecord } from "../../shared/contract/migration.ts";
import { mail } from "../support/copy-scenarios.ts";
import { CopyWorld } from "../support/copy-world.ts";
import { FakeMailServer } from "../support/fake-mail-server.ts";
import { FakeMailServerPair } from "../support/fake-mail-session.ts";
import { exampleAccount, inHistory } from "../support/migration-example.ts";
import { recorded } from "../support/recorded.ts";

const isHuge = (raw: Uint8Array): boolean => new TextDecoder().decode(raw).includes("huge");

/** The migration stands at this pass, as the operator's command leaves it. */
const atPass = async (world: CopyWorld, number: number, refusedOnly: boolean): Promise<void> => {
  const stored = await recorded(world);
  const pass = inHistory({
    number: PassNumber.parse(number),
    kind: "delta",
    fannedOut: true,
    ...(refusedOnly ? { refusedOnly: true as const } : {}),
  });
  const next: Migration = MigrationRecord.parse(pass);
  if (!(await world.migrations.replace(stored, next))) throw new Error("It was not replaced.");
};

const pass = async (world: CopyWorld) => {
  await world.startPass();
  await world.workOff();
  return world.state();
};

it("tries refused messages again and leaves new mail to the next pass, which loses none of it", async () => {
  const target = new FakeMailServer({
    refuses: (raw) => (isHuge(raw) ? { code: "OVERQUOTA", words: "Quota exceeded." } : null),
  });
  const source = new FakeMailServer();
  for (const subject of ["one", "huge", "two"]) source.add("INBOX", mail(subject));
  const world = await CopyWorld.with(
    new FakeMailServerPair(source, target),
    exampleAccount(1),
    inHistory({ fannedOut: true }),
  );
  expect((await pass(world)).totals?.messages).toMatchObject({ copied: 2, refused: 1 });

  source.add("INBOX", mail("new"));
  source.create("New");
  source.add("New", mail("newer"));
  await atPass(world, 2, true);
  const again = await pass(world);
  expect(again.totals?.messages).toMatchObject({ copied: 2, refused: 1 });
  expect((await world.mailboxes.refused(world.account)).map(({ pass: tried }) => tried)).toEqual([2]);

  target.refuses = () => null;
  await atPass(world, 3, true);
  const taken = await pass(world);
  expect(taken.state).toMatchObject({ status: "completed", copiedInPass: 1 });
  expect(taken.totals?.messages).toMatchObject({ source: 3, copied: 3, refused: 0 });
  expect(await world.mailboxes.refused(world.account)).toEqual([]);

  await atPass(world, 4, false);
  const whole = await pass(world);
  expect(whole.state).toMatchObject({ status: "completed", copiedInPass: 2 });
  expect(whole.totals?.messages).toEqual({ source: 5, copied: 5, alreadyThere: 0, refused: 0 });
  expect(target.appended).toBe(5);
});
