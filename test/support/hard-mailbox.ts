import { exitStatus } from "../../infra/local/cli/exit-status.ts";
import type { Dovecot } from "../../infra/local/demo/dovecot/dovecot.ts";
import type { SeedMessage } from "../../infra/local/demo/seeding/append-messages.ts";
import { seedMailbox } from "../../infra/local/demo/seeding/seed-mailbox.ts";
import type { CopyWorld } from "./copy-world.ts";
import { expectSameMailbox, snapshotMailbox } from "./mailbox-snapshot.ts";
import { privateDovecot, someone } from "./private-dovecot.ts";
import { makePass } from "./real-mailbox.ts";
import { statusOfCommand } from "./status-of-command.ts";

/** How many messages are in the hard mailbox. */
export const messages = 28;

/** A real server with the hard mailbox: every row of what other tools lose or double. */
export const filledSource = async (): Promise<Dovecot> => {
  const source = await privateDovecot();
  await seedMailbox(source, someone.user, folders);
  return source;
};

/** As an admin runs it again until its exit status says that all is well: 0 is believed, everything else is not. */
export const passesUntilWell = async (world: CopyWorld): Promise<number> => {
  for (let pass = 1; pass <= 4; pass += 1) {
    await makePass(world);
    if ((await statusOfCommand(world)) === exitStatus.done) return pass;
  }
  throw new Error(`It did not end well: ${JSON.stringify((await world.state()).state)}`);
};

/** Both mailboxes byte for byte. */
export const expectEqual = async (source: Dovecot, target: Dovecot): Promise<void> => {
  const [from, to] = [
    await snapshotMailbox(source.accessOf(someone.user)),
    await snapshotMailbox(target.accessOf(someone.user)),
  ];
  expectSameMailbox(from, to);
};

const message = (text: string): SeedMessage => ({
  raw: Buffer.from(text.replaceAll("\n", "\r\n")),
  flags: ["\\Seen"],
  internalDate: new Date(Date.UTC(2012, 0, 9, 8, 30, 1)),
});
const plain = (number: number): SeedMessage =>
  message(`Message-ID: <${number}@example>\nSubject: mail ${number}\n\n${"text ".repeat(number * 20)}\n`);

/** No Message-ID, twins, one Message-ID on different messages. */
const folders = [
  { path: "INBOX", messages: Array.from({ length: 20 }, (_, number) => plain(number)) },
  {
    path: "Sent",
    messages: [
      message("Subject: no Message-ID, no Received\n\nA draft.\n"),
      ...Array.from({ length: 3 }, () => message("Subject: twin\nMessage-ID: <twin@example>\n\nAlike.\n")),
      message("Message-ID: <same@example>\nSubject: same\n\none\n"),
      message("Message-ID: <same@example>\nSubject: same\n\nother\n"),
    ],
  },
  { path: "Work/2024", messages: [plain(30), plain(31)] },
];
