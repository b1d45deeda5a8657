import { createHash } from "node:crypto";
import { afterEach, expect, test, vi } from "vitest";
import { demoCompany } from "../../infra/local/demo/company/company.ts";
import { encodeGb18030 } from "../../infra/local/demo/company/gb18030.ts";

const everyMessage = demoCompany().mailboxes.flatMap(({ address, folders }) =>
  folders.flatMap(({ path, messages }) =>
    Array.from(messages, (message) => ({ ...message, address, path, text: message.raw.toString("latin1") })),
  ),
);

afterEach(() => {
  vi.useRealTimers();
});

test("there are twelve members, two public mailboxes and about two thousand messages", () => {
  const { members, publicMailboxes, mailboxes } = demoCompany();
  expect([members.length, publicMailboxes.length, mailboxes.length]).toEqual([12, 2, 14]);
  expect(everyMessage.length).toBeGreaterThan(1_900);
  expect(everyMessage.length).toBeLessThan(2_100);
});

test("addresses, userids and names are unique, and public mailboxes are used by members", () => {
  const { members, publicMailboxes, mailboxes } = demoCompany();
  expect(new Set(mailboxes.map(({ address }) => address)).size).toBe(14);
  expect(new Set(members.map(({ name }) => name)).size).toBe(12);
  const userids = new Set(members.map(({ userid }) => userid));
  expect(userids.size).toBe(12);
  for (const { users } of publicMailboxes) {
    expect(users.length).toBeGreaterThan(0);
    expect(users.filter((user) => !userids.has(user))).toEqual([]);
  }
});

test("the same company comes out at any time", () => {
  const digest = (): string => {
    const hash = createHash("sha256");
    for (const { folders } of demoCompany().mailboxes) {
      for (const { path, messages } of folders) {
        for (const { raw, flags, internalDate } of messages) {
          hash.update(raw).update(`${path} ${flags.join(" ")} ${internalDate.toISOString()}`);
        }
      }
    }
    return hash.digest("hex");
  };
  const now = digest();
  vi.useFakeTimers({ now: new Date("2031-12-31T23:59:59Z") });
  expect(digest()).toBe(now);
});

test("every line ends in CRLF and no byte is one that servers change", () => {
  const changed = everyMessage.filter(({ text }) => /(?<!\r)\n|\r(?!\n)|\0/.test(text));
  expect(changed).toEqual([]);
});

test("flags and keywords come in every kind, none twice on one message", () => {
  const seen = new Set(everyMessage.flatMap(({ flags }) => flags));
  expect([...seen]).toEqual(
    expect.arrayContaining([
      "\\Seen",
      "\\Answered",
      "\\Flagged",
      "\\Draft",
      "\\Deleted",
      "$Forwarded",
      "followUp",
    ]),
  );
  expect(everyMessage.filter(({ flags }) => new Set(flags).size !== flags.length)).toEqual([]);
  expect(everyMessage.some(({ flags }) => flags.length === 0)).toBe(true);
});

test("the mail spans ten years", () => {
  const years = new Set(everyMessage.map(({ internalDate }) => internalDate.getUTCFullYear()));
  expect(years).toEqual(new Set(Array.from({ length: 11 }, (_, index) => 2016 + index)));
});

const messageIdOf = (text: string): string | undefined => /^Message-ID: (.*)\r$/m.exec(text)?.[1];
const bodyOf = (text: string): string => text.slice(text.indexOf("\r\n\r\n") + 4);

test.each<[string, number, (text: string) => boolean]>([
  ["without a Message-ID", 100, (text) => messageIdOf(text) === undefined],
  ["without a body", 20, (text) => bodyOf(text) === ""],
  ["with headers beyond four kilobytes", 30, (text) => text.indexOf("\r\n\r\n") > 4_096],
  ["with HTML", 200, (text) => text.includes("text/html")],
  ["in base64 GB18030", 150, (text) => /charset="gb18030"\r\nContent-Transfer-Encoding: base64/.test(text)],
  ["in 8bit GB18030", 50, (text) => /charset="gb18030"\r\nContent-Transfer-Encoding: 8bit/.test(text)],
  ["in quoted-printable", 100, (text) => text.includes("quoted-printable")],
  ["in 8bit UTF-8", 50, (text) => /charset="utf-8"\r\nContent-Transfer-Encoding: 8bit/.test(text)],
  ["with undeclared bytes in the Subject", 20, (text) => /^Subject: [^\r]*[\x80-\xff]/.test(text)],
  ["with an attachment", 100, (text) => text.includes("Content-Disposition: attachment")],
  ["with a whole message inside", 30, (text) => text.includes("message/rfc822")],
  ["without a final line end", 20, (text) => !text.endsWith("\r\n")],
  ["of half a megabyte and more", 10, (text) => text.length > 460_000],
])("there is mail %s, at least %i times", (_, least, matches) => {
  expect(everyMessage.filter(({ text }) => matches(text)).length).toBeGreaterThanOrEqual(least);
});

test("there are identical twins, and different messages under one Message-ID, each within one folder", () => {
  const folders = Object.values(Object.groupBy(everyMessage, ({ address, path }) => `${address} ${path}`));
  const pairs = folders.flatMap((messages = []) =>
    messages.slice(1).map((message, index) => [messages[index]?.text ?? "", message.text] as const),
  );
  expect(pairs.filter(([one, next]) => one === next).length).toBeGreaterThan(10);
  const sharedId = ([one, next]: readonly [string, string]): boolean =>
    one !== next && messageIdOf(one) !== undefined && messageIdOf(one) === messageIdOf(next);
  expect(pairs.filter(sharedId).length).toBeGreaterThan(10);
});

test("text in GB18030 reads back as it was written", () => {
  const text = "云帆智造：欧阳若枫，第 4 条——“合同”（盖章）！\r\n";
  expect(new TextDecoder("gb18030", { fatal: true }).decode(encodeGb18030(text))).toBe(text);
  expect(() => encodeGb18030("📎")).toThrow("GB18030");
});
