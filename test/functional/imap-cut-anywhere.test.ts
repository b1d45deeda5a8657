import { describe, expect, it } from "vitest";
import type { Dovecot } from "../../infra/local/demo/dovecot/dovecot.ts";
import { type DovecotOptions, thinCapability } from "../../infra/local/demo/dovecot/options.ts";
import type { SeedMessage } from "../../infra/local/demo/seeding/append-messages.ts";
import { type SeedFolder, seedMailbox } from "../../infra/local/demo/seeding/seed-mailbox.ts";
import type { HeldSettings } from "../../shared/contract/settings.ts";
import { asPlain } from "../support/cyrus/as-plain.ts";
import { passesUntilWell } from "../support/hard-mailbox.ts";
import type { MailboxContent } from "../support/mailbox-content.ts";
import { expectSameMailbox, snapshotMailbox } from "../support/mailbox-snapshot.ts";
import { octetCutter } from "../support/octet-cutter.ts";
import { type Cyrus, privateCyrus } from "../support/private-cyrus.ts";
import { privateDovecot, someone } from "../support/private-dovecot.ts";
import { realMailbox } from "../support/real-mailbox.ts";
import { seededNumbers } from "../support/seeded-numbers.ts";

/** Another number makes another mailbox, other settings and other cuts. */
const seedsFrom = (first: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_unused, index) => first + index);

type Random = () => number;

const upTo = (random: Random, most: number): number => 1 + Math.floor(random() * most);

/** Mostly small messages and a few large ones; every tenth has a Message-ID that others have, too. */
const messagesOf = (random: Random, folder: string): readonly SeedMessage[] =>
  Array.from({ length: upTo(random, 120) }, (_unused, index) => ({
    raw: Buffer.from(
      `Message-ID: <${random() < 0.1 ? "same" : `${folder}.${index}`}@example>\r\nSubject: ${folder} ${index}\r\n\r\n${"text\r\n".repeat(upTo(random, 10 + 60_000 * random() ** 12))}`,
    ),
    flags: random() < 0.5 ? ["\\Seen"] : [],
    internalDate: new Date(Date.UTC(2015, 0, 1) + index * 10_000_000),
  }));

const foldersOf = (random: Random): readonly SeedFolder[] =>
  ["INBOX", "Sent", "名前", "Work"]
    .slice(0, upTo(random, 4))
    .map((path) => ({ path, messages: [...messagesOf(random, path)] }));

const serverOf = (random: Random): Partial<DovecotOptions> =>
  random() < 0.3 ? { capability: thinCapability } : {};

const settingsOf = (random: Random): Partial<HeldSettings["copy"]> => ({
  connectionsPerMailbox: upTo(random, 4),
  ...(random() < 0.3 ? { bytesPerDayPerMailbox: 1_000_000 } : {}),
  ...(random() < 0.3 ? { verify: "full" } : {}),
});

/** The first one meets every run; how many of the others do depends on what is sent again. */
const distancesOf = (random: Random): readonly number[] =>
  Array.from({ length: upTo(random, 5) }, (_unused, index) => upTo(random, index === 0 ? 5_000 : 200_000));

/** A server of the mailbox' own, on either side. */
interface Ends {
  readonly source: Dovecot | Cyrus;
  readonly target: Dovecot | Cyrus;
  /** As the source calls a folder below its INBOX. */
  readonly named: (folder: string) => string;
}

const dovecots = async (random: Random): Promise<Ends> => ({
  source: await privateDovecot(),
  target: await privateDovecot(serverOf(random)),
  named: (folder) => folder,
});

const toCyrus = async (): Promise<Ends> => ({
  source: await privateDovecot(),
  target: await privateCyrus(),
  named: (folder) => folder,
});

const fromCyrus = async (random: Random): Promise<Ends> => ({
  source: await privateCyrus(),
  target: await privateDovecot(serverOf(random)),
  named: (folder) => `INBOX.${folder}`,
});

const contentOf = async (server: Dovecot | Cyrus): Promise<MailboxContent> =>
  asPlain(await snapshotMailbox(server.accessOf(someone.user)));

describe.each([
  ["from Dovecot to Dovecot", dovecots, seedsFrom(29, 10)],
  ["from Dovecot to Cyrus", toCyrus, seedsFrom(6, 4)],
  ["from Cyrus to Dovecot", fromCyrus, seedsFrom(1, 4)],
] as const)("a mailbox %s whose connections are cut anywhere", (_servers, startEnds, seeds) => {
  it.each(seeds)("is copied whole (seed %i)", async (seed) => {
    const random = seededNumbers(seed);
    const { source, target, named } = await startEnds(random);
    const folders = foldersOf(random).map(({ path, messages }) => ({
      path: path === "INBOX" ? path : named(path),
      messages,
    }));
    await seedMailbox(source, someone.user, folders);
    const [from, to] = [
      await octetCutter(source, distancesOf(random)),
      await octetCutter(target, distancesOf(random)),
    ];
    const world = await realMailbox(from, to, settingsOf(random));
    // Long visits, and those that leave each batch to its own message.
    world.visitMilliseconds = random() < 0.7 ? 60_000 : 0;
    await passesUntilWell(world);
    expectSameMailbox(await contentOf(source), await contentOf(target));
    expect(from.cuts()).toBeGreaterThan(0);
    expect(to.cuts()).toBeGreaterThan(0);
  });
});
