import { type Random, randomFrom } from "../demo/company/random.ts";
import type { SeedMessage } from "../demo/seeding/append-messages.ts";
import type { SeedFolder } from "../demo/seeding/seed-mailbox.ts";
import { type Amount, folderShares } from "./folders.ts";

/** How large a corpus' messages are: log-normal around a median, as real mailboxes are, or all the same. */
export type Sizes =
  | { readonly median: number; readonly spread: number; readonly largest: number }
  | { readonly exactly: number };

/** Median 8 KB, 99th percentile about 160 KB, at most 10 MB. */
export const ordinaryMail: Sizes = { median: 8_000, spread: 1.29, largest: 10_000_000 };

/** The mail of a whole mailbox, folder by folder, the same at every run. */
export const mailboxCorpus = (user: string, amount: Amount, sizes: Sizes): readonly SeedFolder[] =>
  folderShares(amount).map(({ path, messages }, index) => ({
    path,
    messages: corpus(index === 0 ? user : `${index}.${user}`, messages, sizes),
  }));

/** Messages for a measurement, the same at every run. Bodies are lines of letters, so that no server has to touch them. */
export function* corpus(seed: string, count: number, sizes: Sizes): Generator<SeedMessage> {
  const random = randomFrom(seed);
  for (let index = 0; index < count; index += 1) {
    const head = `From: sender${index}@example.test\r\nTo: reader@example.test\r\nSubject: message ${index} of ${seed}\r\nMessage-ID: <${seed}.${index}@example.test>\r\n\r\n`;
    yield {
      raw: Buffer.from(head + body(random, sizeOf(random, sizes) - head.length), "latin1"),
      flags: index % 3 === 0 ? [] : ["\\Seen"],
      internalDate: new Date(Date.UTC(2020, 0, 1) + index * 3_600_000),
    };
  }
}

const sizeOf = (random: Random, sizes: Sizes): number => {
  if ("exactly" in sizes) return sizes.exactly;
  // Box–Muller: two even choices make one normal one.
  const even = () => (random.integer(1_000_000) + 1) / 1_000_001;
  const normal = Math.sqrt(-2 * Math.log(even())) * Math.cos(2 * Math.PI * even());
  return Math.min(sizes.largest, Math.round(sizes.median * Math.exp(sizes.spread * normal)));
};

const lineLength = 76;

const body = (random: Random, length: number): string => {
  const line = `${random.hex(lineLength - 2)}\r\n`;
  return line.repeat(Math.max(1, Math.ceil(length / lineLength)));
};
