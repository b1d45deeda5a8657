import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readAppendUid } from "../../../../functions/adapters/imap/wire/append-uid.ts";
import { readFetched } from "../../../../functions/adapters/imap/wire/fetch-response.ts";
import { Digest } from "../../../../functions/adapters/imap/wire/literal.ts";
import { rungFor } from "../../../../functions/adapters/imap/wire/rung.ts";
import { readStatus } from "../../../../functions/adapters/imap/wire/status-response.ts";
import { readDate, writeDate } from "../../../../functions/adapters/imap/wire/wire-date.ts";
import { writeName, writeUtf8Name } from "../../../../functions/adapters/imap/wire/wire-name.ts";
import { FolderPath } from "../../../../shared/contract/ids.ts";

describe("APPENDUID", () => {
  const told = (text: string, messages: number) => {
    const status = readStatus(`a1 OK ${text}`);
    return status === null ? "not a status" : readAppendUid(status, messages);
  };

  it("names as many messages as were appended, as ranges or one by one", () => {
    expect(told("[APPENDUID 38505 3955] done", 1)).toEqual([3955]);
    expect(told("[appenduid 38505 7:9] done", 3)).toEqual([7, 8, 9]);
    expect(told("[APPENDUID 38505 7,9:10,4294967295] done", 4)).toEqual([7, 9, 10, 4294967295]);
  });

  it.each([
    ["is missing", "done", 1],
    ["is of too many", "[APPENDUID 1 7:9] done", 2],
    ["is of too few", "[APPENDUID 1 7] done", 2],
    ["would be endless", "[APPENDUID 1 1:4294967295] done", 64],
    ["descends", "[APPENDUID 1 9,7] done", 2],
    ["is a range backwards", "[APPENDUID 1 9:8] done", 2],
    ["has a UID of zero", "[APPENDUID 1 0] done", 1],
    ["is beyond 32 bits", "[APPENDUID 1 4294967296] done", 1],
    ["is no number", "[APPENDUID 1 1e5] done", 1],
    ["is a star", "[APPENDUID 1 *] done", 1],
    ["is another code", "[COPYUID 1 7 8] done", 1],
    ["is longer than any", `[APPENDUID 1 ${"1,".repeat(3_000)}1] done`, 64],
  ])("tells nothing when it %s", (_what, text, messages) => {
    expect(told(text, messages)).toBeNull();
  });
});

describe("a tagged answer", () => {
  it("is told apart by status, code and words", () => {
    expect(readStatus("a7 NO [OVERQUOTA] Schluß jetzt")).toMatchObject({ status: "NO", code: "OVERQUOTA" });
    const utf8 = Buffer.from("a7 NO 邮箱已满").toString("latin1");
    expect(readStatus(utf8)).toMatchObject({ code: null, words: "邮箱已满" });
    expect(readStatus("* BYE Shutting down")).toMatchObject({ tag: "*", status: "BYE" });
    expect(readStatus("a7 OK")).toMatchObject({ status: "OK", words: "" });
    expect(readStatus("* 3 EXISTS")).toBeNull();
  });
});

describe("a FETCH response", () => {
  const date = 'INTERNALDATE " 1-Feb-2020 03:04:05 +0800"';

  it("is read in any order, with items nobody asked for, and without \\Recent", () => {
    const response = [
      `* 2 FETCH (MODSEQ (12) FLAGS (\\Seen \\Recent $a[b]) ${date} BODY[] `,
      Buffer.from("hi"),
      ' X-NEW (NIL "a)\\"b" (1 2)) RFC822.SIZE 2 UID 9)',
    ] as const;
    expect(readFetched(response)).toEqual({
      uid: 9,
      size: 2,
      internalDate: "2020-01-31T19:04:05.000Z",
      flags: ["\\Seen", "$a[b]"],
      raw: Buffer.from("hi"),
    });
  });

  it("tells the same in the order in which it was asked for as in any other", () => {
    const flag = fc.constantFrom(
      "\\Seen",
      "\\Recent",
      "\\RECENT",
      "$Forwarded",
      "urgent",
      "$a[b]",
      "\\Flagged",
    );
    const uid = fc.integer({ min: 1, max: 4_294_967_295 });
    const day = fc.constantFrom(
      " 1-Feb-2020 03:04:05 +0800",
      "31-Dec-1999 23:59:59 +0000",
      "01-jan-0099 24:00:00 -0030",
    );
    const sizes = fc.nat({ max: 99_999_999 });
    fc.assert(
      fc.property(
        uid,
        fc.array(flag, { maxLength: 4 }),
        day,
        sizes,
        fc.boolean(),
        (one, flags, at, size, isWhole) => {
          const described = `FLAGS (${flags.join(" ")}) INTERNALDATE "${at}"`;
          const body = isWhole ? [Buffer.from("octets"), ")"] : [];
          const end = isWhole ? " BODY[] " : ")";
          const asked = [`* 7 FETCH (UID ${one} ${described} RFC822.SIZE ${size}${end}`, ...body] as const;
          const other = [`* 7 FETCH (RFC822.SIZE ${size} ${described} UID ${one}${end}`, ...body] as const;
          expect(readFetched(asked)).toEqual(readFetched(other));
          const [sizeAsked, sizeOther] = [`UID ${one} RFC822.SIZE ${size}`, `RFC822.SIZE ${size} UID ${one}`];
          expect(readFetched([`* 7 FETCH (${sizeAsked})`])).toEqual(
            readFetched([`* 7 fetch (${sizeOther})`]),
          );
        },
      ),
    );
  });

  it("may tell no more than a size", () => {
    expect(readFetched(["* 1 FETCH (UID 7 RFC822.SIZE 12)"])).toEqual({
      ...{ uid: 7, size: 12, internalDate: null, flags: null, raw: null },
    });
  });

  it("may come with the digest of a message instead of its octets, in any order", () => {
    const digest = new Digest("beef");
    const told = { uid: 7, size: 12, internalDate: null, flags: null, raw: digest };
    expect(readFetched(["* 1 FETCH (UID 7 RFC822.SIZE 12 BODY[] ", digest, ")"])).toEqual(told);
    expect(readFetched(["* 1 FETCH (BODY[] ", digest, " RFC822.SIZE 12 UID 7)"])).toEqual(told);
  });

  it("is not taken for whole where something is left of it, or its date is none", () => {
    const asked = `* 1 FETCH (UID 1 FLAGS () ${date} RFC822.SIZE 2 BODY[] `;
    expect(readFetched([asked, Buffer.from("hi"), " X-NEW 1)"])?.raw).toEqual(Buffer.from("hi"));
    expect(() => readFetched([asked])).toThrow(SyntaxError);
    expect(() => readFetched([asked, Buffer.from("hi"), ""])).toThrow(SyntaxError);
    expect(() => readFetched(["* 1 FETCH (UID 0 RFC822.SIZE 2)"])).toThrow(RangeError);
  });

  it.each(['""', "NIL"])("may say %s for an empty message", (body) => {
    const fetched = readFetched([`* 1 FETCH (UID 1 FLAGS () ${date} RFC822.SIZE 0 BODY[] ${body})`]);
    expect(fetched?.raw).toHaveLength(0);
  });

  it("is passed over when it tells only of flags, and never when it cannot be read", () => {
    expect(readFetched(["* 1 FETCH (UID 1 FLAGS (\\Seen))"])).toBeNull();
    expect(readFetched(["* 1 EXPUNGE"])).toBeNull();
    expect(() => readFetched(["* 1 FETCH (UID 1 FLAGS ("])).toThrow(SyntaxError);
    expect(() => readFetched([`* 1 FETCH (UID x FLAGS () ${date} RFC822.SIZE 0)`])).toThrow(RangeError);
    expect(() => readFetched(['* 1 FETCH (UID 1 FLAGS () INTERNALDATE "x" RFC822.SIZE 0)'])).toThrow(
      SyntaxError,
    );
    const deep = `${"(".repeat(50)}${")".repeat(50)}`;
    expect(() => readFetched([`* 1 FETCH (X ${deep})`])).toThrow(SyntaxError);
  });
});

describe("dates and names on the wire", () => {
  it("writes an instant in UTC with two digits for the day and reads it back", () => {
    expect(writeDate("2024-02-07T09:05:00.999Z")).toBe('"07-Feb-2024 09:05:00 +0000"');
    expect(readDate("07-Feb-2024 09:05:00 +0000")).toBe("2024-02-07T09:05:00.000Z");
    expect(readDate(" 7-feb-2024 09:05:00 -0330")).toBe("2024-02-07T12:35:00.000Z");
    expect(readDate("07-Foo-2024 09:05:00 +0000")).toBeNull();
    expect(readDate("yesterday")).toBeNull();
  });

  it("reads every instant alike, whichever way a server writes it", () => {
    expect(readDate("31-Dec-1999 23:59:59 +0000")).toBe("1999-12-31T23:59:59.000Z");
    expect(readDate(" 9-Jan-0099 00:00:00 -0000")).toBe("0099-01-09T00:00:00.000Z");
    // A day too many is the next month's, and the 24th hour the next day's.
    expect(readDate("30-Feb-2023 12:00:00 +0000")).toBe("2023-03-02T12:00:00.000Z");
    expect(readDate("01-Mar-2023 24:00:00 +0000")).toBe("2023-03-02T00:00:00.000Z");
    expect(readDate("00-Mar-2023 12:00:00 +0000")).toBeNull();
    const instants = fc.date({ min: new Date(0), max: new Date("2099-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(instants, fc.integer({ min: -720, max: 840 }), (instant, zone) => {
        const local = writeDate(new Date(instant.getTime() + zone * 60_000).toISOString()).slice(1, -6);
        const minutes = Math.abs(zone);
        const offset = `${Math.trunc(minutes / 60)}`.padStart(2, "0") + `${minutes % 60}`.padStart(2, "0");
        const written = `${local}${zone < 0 ? "-" : "+"}${offset}`;
        expect(readDate(written)).toBe(`${instant.toISOString().slice(0, 19)}.000Z`);
      }),
    );
  });

  it("writes a folder's name in modified UTF-7 and in quotes", () => {
    const name = (path: string) => writeName(FolderPath.parse(path));
    // RFC 3501 §5.1.3 has this example.
    expect(name("~peter/mail/台北/日本語")).toBe('"~peter/mail/&U,BTFw-/&ZeVnLIqe-"');
    expect(name('a & "b\\')).toBe('"a &- \\"b\\\\"');
    expect(name("😀")).toBe('"&2D3eAA-"');
  });

  it("writes it in UTF-8 where that is enabled, an octet for a character", () => {
    const name = (path: string) =>
      Buffer.from(writeUtf8Name(FolderPath.parse(path)), "latin1").toString("utf8");
    expect(name('日本 & "b\\')).toBe('"日本 & \\"b\\\\"');
  });
});

describe("the ladder", () => {
  it("uses only what the target announces", () => {
    expect(rungFor(["IMAP4rev1", "LITERAL+", "MULTIAPPEND"], 3)).toMatchObject({
      messagesPerCommand: 64,
      freeUpTo: Number.POSITIVE_INFINITY,
      connections: 1,
    });
    expect(rungFor(["Literal+"], 3)).toMatchObject({
      messagesPerCommand: 1,
      freeUpTo: Number.POSITIVE_INFINITY,
      connections: 1,
    });
    expect(rungFor(["LITERAL-", "MULTIAPPEND"], 3)).toMatchObject({
      messagesPerCommand: 1,
      freeUpTo: 4_096,
      connections: 3,
    });
    expect(rungFor(["MULTIAPPEND"], 3)).toMatchObject({ freeUpTo: 0, connections: 3 });
  });
});
