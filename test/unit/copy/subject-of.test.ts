import { describe, expect, it } from "vitest";
import { subjectOf } from "../../../shared/copy/subject-of.ts";

const message = (header: string): Buffer =>
  Buffer.from(`From: a@example.test\r\n${header}\r\nTo: b\r\n\r\nSubject: not this\r\n`);
const gbk = Buffer.from([0xba, 0xcf, 0xcd, 0xac]);

describe("the subject of a message", () => {
  it.each([
    ["is its text", "Subject: Minutes of Monday", "Minutes of Monday"],
    ["is found whatever its case, and unfolded", "SUBJECT: one\r\n two\r\n\tthree", "one two\tthree"],
    ["is empty where there is none", "X-Subject: one", ""],
    ["is UTF-8 as it stands", "Subject: 合同", "合同"],
    [
      "is decoded from base64",
      `Subject: =?UTF-8?B?${Buffer.from("合同 v1").toString("base64")}?= (copy)`,
      "合同 v1 (copy)",
    ],
    ["is decoded from quoted-printable", "Subject: Re: =?iso-8859-1?q?Caf=E9_bill?=", "Re: Café bill"],
    ["is decoded from GBK", `Subject: =?gb2312?B?${gbk.toString("base64")}?=`, "合同"],
    [
      "joins encoded words, and a character that is cut between two",
      "Subject: =?utf-8?B?5ZCI5Q==?=\r\n =?utf-8?B?kIw=?= =?us-ascii?q?_done?= end",
      "合同 done end",
    ],
    ["leaves what nobody can decode", "Subject: =?x-unheard-of?B?AAAA?= one", "=?x-unheard-of?B?AAAA?= one"],
    ["goes on to the end of a long one's report", `Subject: ${"x".repeat(2_000)}`, "x".repeat(998)],
  ])("%s", (_, header, subject) => {
    expect(subjectOf(message(header))).toBe(subject);
  });

  it("is looked for in the header alone, however long, and with bare line feeds", () => {
    expect(subjectOf(Buffer.from("\r\nSubject: body\r\n"))).toBe("");
    expect(subjectOf(Buffer.from("A: b\nSubject: one\n\nbody"))).toBe("one");
    expect(subjectOf(Buffer.from(`A: ${"b".repeat(70_000)}\r\nSubject: too far\r\n\r\n`))).toBe("");
    expect(subjectOf(new Uint8Array())).toBe("");
  });
});
