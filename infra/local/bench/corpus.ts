import { type Random, randomFrom } from "../demo/company/random.ts";
import type { SeedMessage } from "../demo/seeding/append-messages.ts";
import type { SeedFolder } from "../demo/seeding/seed-mailbox.ts";
import { type Amount, folderShares } from "./folders.ts";

/** How large a corpus' messages are, in octets: all the same, or as in real mailboxes. */
export type Sizes = Ordinary | { readonly exactly: number };

/** Log-normal around a median, but for a few with large attachments, which make up much of a mailbox' octets. */
interface Ordinary {
  readonly median: number;
  readonly spread: number;
  /** Of as many messages, which lie evenly spread over a mailbox' first folder. */
  readonly attachments: readonly number[];
}

/** Median 8 KB, 99th percentile about 160 KB, the largest 10 MB: 5,000 messages come to 107 MB. */
export const ordinaryMail: Sizes = {
  median: 8_000,
  spread: 1.29,
  attachments: [2_000_000, 10_000_000, 3_000_000],
};

/** The mail of a whole mailbox, folder by folder, the same at every run. */
export const mailboxCorpus = (user: string, amount: Amount, sizes: Sizes): readonly SeedFolder[] =>
  folderShares(amount).map(({ path, messages }, index) => ({
    path,
    messages:
      index === 0
        ? corpus(user, messages, sizes)
        : corpus(`${index}.${user}`, messages, withoutAttachments(sizes)),
  }));

/** Messages for a measurement, the same at every run. Bodies are lines of letters, so that no server has to touch them. */
export function* corpus(seed: string, count: number, sizes: Sizes): Generator<SeedMessage> {
  const random = randomFrom(seed);
  const attached = attachmentsIn(count, sizes);
  for (let index = 0; index < count; index += 1) {
    const head = `From: sender${index}@example.test\r\nTo: reader@example.test\r\nSubject: message ${index} of ${seed}\r\nMessage-ID: <${seed}.${index}@example.test>\r\n\r\n`;
    const size = sizeOf(random, sizes);
    yield {
      raw: Buffer.from(head + body(random, (attached.get(index) ?? size) - head.length), "latin1"),
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
  return Math.round(sizes.median * Math.exp(sizes.spread * normal));
};

const withoutAttachments = (sizes: Sizes): Sizes =>
  "exactly" in sizes ? sizes : { ...sizes, attachments: [] };

/** Which messages have which large attachments. */
const attachmentsIn = (count: number, sizes: Sizes): ReadonlyMap<number, number> =>
  new Map(
    "exactly" in sizes
      ? []
      : sizes.attachments.map((size, index) => [
          Math.floor((count * (index + 0.5)) / sizes.attachments.length),
          size,
        ]),
  );

const lineLength = 76;

const body = (random: Random, length: number): string => {
  const line = `${random.hex(lineLength - 2)}\r\n`;
  return line.repeat(Math.max(1, Math.ceil(length / lineLength)));
};
