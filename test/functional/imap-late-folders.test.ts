import { expect, it } from "vitest";
import type { SeedMessage } from "../../infra/local/demo/seeding/append-messages.ts";
import { seedMailbox } from "../../infra/local/demo/seeding/seed-mailbox.ts";
import { mail } from "../support/copy-scenarios.ts";
import { openMailbox, snapshotMailbox } from "../support/mailbox-snapshot.ts";
import { privateDovecot, someone } from "../support/private-dovecot.ts";
import { realMailbox } from "../support/real-mailbox.ts";

const message = (subject: string): SeedMessage => ({
  raw: Buffer.from(mail(subject)),
  flags: ["\\Seen"],
  internalDate: new Date(Date.UTC(2014, 5, 6, 7, 8, 9)),
});
const messages = (subject: string, count: number): readonly SeedMessage[] =>
  Array.from({ length: count }, (_, number) => message(`${subject} ${number}`));

/** What each of the folders holds, in any order. */
const contentOf = async (access: Parameters<typeof snapshotMailbox>[0], paths: Iterable<string>) => {
  const { folders } = await snapshotMailbox(access);
  return [...paths].map((path) => [
    path,
    folders
      .get(path)
      ?.map(({ uid: _own, ...content }) => JSON.stringify(content))
      .sort(),
  ]);
};

it("folders that are made and renamed on a real server during a pass are copied by it", async () => {
  const [source, target] = [await privateDovecot(), await privateDovecot()];
  const [theirs, ours] = [source.accessOf(someone.user), target.accessOf(someone.user)];
  await seedMailbox(source, someone.user, [
    { path: "INBOX", messages: messages("inbox", 40) },
    { path: "Projects", messages: messages("project", 40) },
  ]);
  const world = await realMailbox(source, target);
  await world.startPass();
  // The plan alone: copying comes next.
  await world.workOff(world, undefined, 1);
  const owner = await openMailbox(theirs);
  await owner.mailboxRename("Projects", "Projects 2025");
  await owner.mailboxCreate("新项目");
  await owner.append("新项目", mail("new"), ["\\Flagged"]);
  await owner.append("INBOX", mail("meanwhile"));
  await owner.logout();
  await world.workOff();
  const { state, totals } = await world.state();
  expect(state).toMatchObject({ status: "completed" });
  expect(totals?.messages).toEqual({ source: 82, copied: 82, alreadyThere: 0, refused: 0 });
  expect(totals?.verification).toMatchObject({ identical: 82, unexplained: 0 });
  const paths = ["INBOX", "Projects 2025", "新项目"];
  expect(await contentOf(ours, paths)).toEqual(await contentOf(theirs, paths));
});
