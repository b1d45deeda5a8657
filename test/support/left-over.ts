import { isDeepStrictEqual } from "node:util";
import type { HeldSettings } from "../../shared/contract/settings.ts";
import type { MailSession, ServerAddress } from "../../shared/ports/mail-server.ts";
import { mail } from "./copy-scenarios.ts";
import { CopyWorld } from "./copy-world.ts";
import { FakeMailServer } from "./fake-mail-server.ts";
import { FakeMailServerPair } from "./fake-mail-session.ts";
import { instead } from "./instead.ts";
import { exampleAccount, inHistory } from "./migration-example.ts";

/** Batches of a mailbox that was left over. */
export const batches = 3;

/**
 * An empty mailbox. `entered` names the sides that were logged in to, `otherwise` has the source's sessions do things in another way.
 */
export const emptyMailbox = async (
  copy: Partial<HeldSettings["copy"]> = {},
  otherwise: (session: MailSession) => Partial<MailSession> = () => ({}),
) => {
  const [source, target] = [new FakeMailServer(), new FakeMailServer()];
  const pair = new FakeMailServerPair(source, target);
  const entered: ServerAddress["side"][] = [];
  const servers: Pick<FakeMailServerPair, "enter"> = {
    enter: async (server, login) => {
      const session = await pair.enter(server, login);
      entered.push(server.side);
      return server.side === "source" ? instead(session, otherwise(session)) : session;
    },
  };
  const migration = inHistory({ fannedOut: true });
  const { settings } = migration;
  const world = await CopyWorld.with(servers, exampleAccount(1), {
    ...migration,
    settings: { ...settings, copy: { ...settings.copy, ...copy } },
  });
  return { source, target, world, entered };
};

/**
 * The same with a message in each of three batches, which passes whose copies were lost have left behind; what is on the queue is the
 * rest of the last pass: three copies and a completion.
 */
export const leftOver = async (
  copy: Partial<HeldSettings["copy"]> = {},
  otherwise: (session: MailSession) => Partial<MailSession> = () => ({}),
  bodies: readonly string[] = ["first", "second", "third"],
) => {
  const mailbox = await emptyMailbox(copy, otherwise);
  const { source, world, entered } = mailbox;
  for (const [index, body] of bodies.entries()) {
    source.add("INBOX", mail(`number ${index + 1}`, body));
    world.workQueue.waiting.length = 0;
    await world.startPass();
    await world.workOff(world, undefined, 1);
  }
  entered.length = 0;
  world.visitMilliseconds = 60_000;
  return mailbox;
};

export type LeftOver = Awaited<ReturnType<typeof leftOver>>;

/** What it must end in, whatever happened on the way. */
export const isInOrder = async ({ source, target, world }: LeftOver): Promise<boolean> =>
  (await world.state()).state.status === "completed" && isDeepStrictEqual(target.content(), source.content());
