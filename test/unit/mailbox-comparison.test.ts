import { expect, test } from "vitest";
import { expectSameMailbox, mailboxDifferences } from "../support/mailbox-comparison.ts";
import { describedMailbox, type MailboxContent } from "../support/mailbox-content.ts";

const message = (subject: string, flags: readonly string[] = ["\\Seen"], day = "2020-01-01") => ({
  raw: Buffer.from(`Subject: ${subject}\r\n\r\nbody of ${subject}\r\n`),
  flags,
  internalDate: new Date(`${day}T10:00:00Z`),
});
const mailbox = (...inbox: readonly ReturnType<typeof message>[]): MailboxContent =>
  describedMailbox([{ path: "INBOX", messages: inbox }]);

const twin = message("twin");
const original = mailbox(message("合同"), twin, twin, message("发票", ["\\Seen", "$Forwarded"]));

test("the same messages in another order are the same mailbox", () => {
  const shuffled = mailbox(twin, message("发票", ["$Forwarded", "\\Seen"]), message("合同"), twin);
  expect(() => expectSameMailbox(original, shuffled)).not.toThrow();
});

test.each<[string, MailboxContent, RegExp]>([
  ["a lost message", mailbox(twin, twin, message("发票", ["\\Seen", "$Forwarded"])), /“合同” .* is missing/],
  [
    "a lost twin",
    mailbox(message("合同"), twin, message("发票", ["\\Seen", "$Forwarded"])),
    /“twin” .* is missing/,
  ],
  [
    "a doubled message",
    mailbox(message("合同"), message("合同"), twin, twin, message("发票", ["\\Seen", "$Forwarded"])),
    /“合同” .* is there once too often/,
  ],
  [
    "a foreign message",
    mailbox(message("合同"), message("广告"), twin, twin, message("发票", ["\\Seen", "$Forwarded"])),
    /“广告” .* was not expected/,
  ],
  [
    "a lost flag",
    mailbox(message("合同", []), twin, twin, message("发票", ["\\Seen", "$Forwarded"])),
    /“合同” .*: flags \(\\Seen\) became \(\)/,
  ],
  [
    "a lost keyword",
    mailbox(message("合同"), twin, twin, message("发票")),
    /“发票” .*: keywords \(\$Forwarded\) became \(\)/,
  ],
  [
    "another date",
    mailbox(message("合同", ["\\Seen"], "2020-01-02"), twin, twin, message("发票", ["\\Seen", "$Forwarded"])),
    /“合同” .*: internalDate 2020-01-01T10:00:00 became 2020-01-02T10:00:00/,
  ],
])("%s is the one difference that is reported", (_, tampered, report) => {
  expect(mailboxDifferences(original, tampered)).toEqual([expect.stringMatching(report)]);
});

test("a message in which one byte changed is missing, and what came instead was not expected", () => {
  const changed = { ...message("合同"), raw: Buffer.from("Subject: 合同\r\n\r\nBody of 合同\r\n") };
  expect(mailboxDifferences(mailbox(message("合同")), mailbox(changed))).toEqual([
    expect.stringContaining("is missing"),
    expect.stringContaining("was not expected"),
  ]);
});

test("a folder that is missing or new is reported, empty or not", () => {
  const source = describedMailbox([{ path: "待办", messages: [] }]);
  const target = describedMailbox([{ path: "ToDo", messages: [] }]);
  expect(mailboxDifferences(source, target)).toEqual([
    "folder 待办: is missing",
    "folder ToDo: was not expected, holds 0 messages",
  ]);
});

test("folders are compared under the names the mapping gives them, several may become one", () => {
  const source = describedMailbox([
    { path: "已发送", messages: [twin] },
    { path: "Sent", messages: [twin] },
  ]);
  const target = describedMailbox([{ path: "Sent", messages: [twin, twin] }]);
  const folderMapping = (path: string): string => (path === "已发送" ? "Sent" : path);
  expect(mailboxDifferences(source, target, { folderMapping })).toEqual([]);
  expect(mailboxDifferences(source, target)).not.toEqual([]);
});

test("a long list of differences is cut, its length is told", () => {
  const many = mailbox(...Array.from({ length: 50 }, (_, number) => message(`no. ${number}`)));
  expect(() => expectSameMailbox(many, mailbox())).toThrow(/differ in 50 places:(\n.*){20}$/);
});
