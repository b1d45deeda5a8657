import type { MailboxWork } from "../../events/mailbox-work.ts";
import type { Migration } from "../../shared/contract/migration.ts";
import { mail } from "./copy-scenarios.ts";
import { CopyWorld } from "./copy-world.ts";
import { FakeMailServer, type FakeServerOptions } from "./fake-mail-server.ts";
import { FakeMailServerPair } from "./fake-mail-session.ts";
import { LateServer } from "./late-server.ts";
import { exampleAccount, inHistory } from "./migration-example.ts";

interface Differing {
  readonly target?: FakeServerOptions;
  readonly migration?: Migration;
}

/** A mailbox with twins whose only chunk is sent over a connection that is lost. */
export const lateWorld = async ({
  target: options = {},
  migration = inHistory({ fannedOut: true }),
}: Differing = {}) => {
  const [source, target] = [new FakeMailServer(), new FakeMailServer(options)];
  for (const subject of ["one", "two", "twin", "twin"]) source.add("INBOX", mail(subject), ["\\Seen"]);
  target.add("INBOX", mail("somebody's"));
  const late = new LateServer(new FakeMailServerPair(source, target), target);
  const world = await CopyWorld.with(late, exampleAccount(1), migration);
  late.losing = 1;
  await world.startPass();
  return { source, target, late, world };
};

/** Such a mailbox, its servers and the world it is copied in. */
export type Late = Awaited<ReturnType<typeof lateWorld>>;

/** Lets something happen when the first work of a kind is done. */
export const behind = ({ world }: Late, kind: MailboxWork["work"], act: () => void): void => {
  let isDue = true;
  world.afterWork = ({ work }) => {
    if (work !== kind || !isDue) return;
    isDue = false;
    act();
  };
};

/** What has come of it: the account, and how many messages the target holds. */
export const ended = async ({ world, target }: Late) => {
  const { state, totals } = await world.state();
  const { messages } = target.folder("INBOX");
  return { status: state.status, counts: totals?.messages, held: messages.length };
};

/** Each of the four once, beside somebody's own. */
export const inOrder = {
  status: "completed",
  counts: { source: 4, copied: 4, alreadyThere: 0, refused: 0 },
  held: 5,
} as const;

export const nextPass = async ({ world }: Late): Promise<void> => {
  await world.startPass();
  await world.workOff();
};
