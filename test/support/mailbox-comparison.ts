import type { MailboxContent, MessageContent } from "./mailbox-content.ts";

/** How a folder of the source is called on the target. */
export interface ComparisonOptions {
  /** @default the same path */
  readonly folderMapping?: (sourcePath: string) => string;
}

/** Enough to see what is wrong; two thousand lines of it would hide that. */
const REPORTED = 20;

/** @throws Error with the first differences unless both hold the same messages, with the same multiplicity, in the same folders. */
export function expectSameMailbox(
  source: MailboxContent,
  target: MailboxContent,
  options: ComparisonOptions = {},
): void {
  const differences = mailboxDifferences(source, target, options);
  if (differences.length === 0) return;
  const shown = differences.slice(0, REPORTED).join("\n");
  throw new Error(`The mailboxes differ in ${differences.length} places:\n${shown}`);
}

/** One readable line for each folder or message that was lost, doubled, added or changed; UIDs are the server's affair. */
export function mailboxDifferences(
  source: MailboxContent,
  target: MailboxContent,
  { folderMapping = (path) => path }: ComparisonOptions = {},
): readonly string[] {
  const expected = Map.groupBy(
    [...source.folders].flatMap(([path, messages]) => messages.map((message) => ({ path, message }))),
    ({ path }) => folderMapping(path),
  );
  const wanted = new Set([...source.folders.keys()].map(folderMapping));
  return [
    ...[...wanted].flatMap((path) => {
      const found = target.folders.get(path);
      if (found === undefined) return [`folder ${path}: is missing`];
      const messages = (expected.get(path) ?? []).map(({ message }) => message);
      return folderDifferences(messages, found).map((difference) => `folder ${path}: ${difference}`);
    }),
    ...[...target.folders].flatMap(([path, messages]) =>
      wanted.has(path) ? [] : [`folder ${path}: was not expected, holds ${messages.length} messages`],
    ),
  ];
}

function folderDifferences(expected: readonly MessageContent[], found: readonly MessageContent[]): string[] {
  const lacking = without(expected, found);
  const surplus = without(found, expected);
  const changed: string[] = [];
  for (const message of surplus) {
    const place = lacking.findIndex(({ sha256 }) => sha256 === message.sha256);
    const [original] = place === -1 ? [] : lacking.splice(place, 1);
    const known = expected.some(({ sha256 }) => sha256 === message.sha256);
    if (original !== undefined) changed.push(changeOf(original, message));
    else changed.push(`${named(message)} ${known ? "is there once too often" : "was not expected"}`);
  }
  return [...lacking.map((message) => `${named(message)} is missing`), ...changed];
}

/** What of `messages` is left when each of `others` has taken its like away, once. */
function without(messages: readonly MessageContent[], others: readonly MessageContent[]): MessageContent[] {
  const taken = new Map<string, number>();
  for (const other of others) taken.set(likeness(other), (taken.get(likeness(other)) ?? 0) + 1);
  return messages.filter((message) => {
    const left = taken.get(likeness(message)) ?? 0;
    taken.set(likeness(message), left - 1);
    return left <= 0;
  });
}

function likeness(message: MessageContent): string {
  return JSON.stringify(compared.map((field) => message[field]));
}

const compared = ["sha256", "bytes", "flags", "keywords", "internalDate"] as const;

function changeOf(original: MessageContent, message: MessageContent): string {
  const fields = compared.filter((field) => String(original[field]) !== String(message[field]));
  const changes = fields.map((field) => `${field} ${said(original[field])} became ${said(message[field])}`);
  return `${named(message)}: ${changes.join(", ")}`;
}

function said(value: string | number | readonly string[]): string {
  return typeof value === "object" ? `(${value.join(" ")})` : String(value);
}

function named({ subject, uid, sha256 }: MessageContent): string {
  return `message “${subject}” (${uid === undefined ? "" : `UID ${uid}, `}${sha256.slice(0, 12)})`;
}
