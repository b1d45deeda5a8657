import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Digest, digestOfOctets } from "../../../../functions/adapters/imap/wire/literal.ts";
import { type Response, ResponseReader } from "../../../../functions/adapters/imap/wire/response-reader.ts";
import { letGo } from "../../../../shared/copy/let-go.ts";

const limits = { line: 10_000, literal: 10_000 };

/** What a reader makes of octets that arrive in these portions. */
const read = (portions: readonly Buffer[], within = limits): readonly Response[] => {
  const responses: Response[] = [];
  const reader = new ResponseReader(within, (response) => responses.push(response));
  for (const portion of portions) reader.push(portion);
  return responses;
};

const word = fc.string({ unit: fc.constantFrom(...'aZ09()\\ "{}[]é+*'.split("")), maxLength: 20 });
const octets = fc.uint8Array({ maxLength: 200 });
/** A FETCH with literals between its words, or a status line that may look as if a literal followed. */
const anyResponse = fc.oneof(
  fc.array(fc.tuple(word, octets), { maxLength: 4 }).map((items) => ({
    wire: Buffer.concat([
      Buffer.from("* 1 FETCH ("),
      ...items.flatMap(([text, literal]) => [
        Buffer.from(`${text} {${literal.length}}\r\n`, "latin1"),
        Buffer.from(literal),
      ]),
      Buffer.from(" x)\r\n"),
    ]),
    literals: items.map(([, literal]) => Buffer.from(literal)),
  })),
  fc.tuple(fc.constantFrom("a1 OK", "* NO", "* BYE", "+"), word).map(([head, text]) => ({
    wire: Buffer.from(`${head} ${text} {12}\r\n`, "latin1"),
    literals: [],
  })),
);

describe("octets from a server", () => {
  it("are the same responses in whatever portions they arrive", () => {
    fc.assert(
      fc.property(
        fc.array(anyResponse, { minLength: 1, maxLength: 5 }),
        fc.array(fc.nat(2_000), { maxLength: 12 }),
        (given, cuts) => {
          const wire = Buffer.concat(given.map(({ wire: part }) => part));
          const places = [0, ...cuts.map((cut) => cut % wire.length).toSorted((a, b) => a - b), wire.length];
          const portions = places.slice(1).map((end, index) => wire.subarray(places[index], end));
          const responses = read(portions);
          expect(responses).toEqual(read([wire]));
          expect(responses).toEqual(read([...wire].map((octet) => Buffer.from([octet]))));
          expect(responses.map((response) => response.filter((piece) => typeof piece !== "string"))).toEqual(
            given.map(({ literals }) => literals),
          );
        },
      ),
    );
  });

  it("may be digested instead of kept where they are a message, in whatever portions they arrive", () => {
    fc.assert(
      fc.property(octets, octets, fc.array(fc.nat(500), { maxLength: 8 }), (body, other, cuts) => {
        const wire = Buffer.concat([
          Buffer.from(`* 1 FETCH (X {${other.length}}\r\n`),
          other,
          Buffer.from(` body[] {${body.length}}\r\n`),
          body,
          Buffer.from(")\r\n* 2 EXISTS\r\n"),
        ]);
        const responses: Response[] = [];
        const reader = new ResponseReader(
          limits,
          (response) => responses.push(response),
          () => true,
        );
        const places = [0, ...cuts.map((cut) => cut % wire.length).toSorted((a, b) => a - b), wire.length];
        for (const [index, end] of places.slice(1).entries()) reader.push(wire.subarray(places[index], end));
        expect(responses).toEqual([
          ["* 1 FETCH (X ", Buffer.from(other), " body[] ", new Digest(digestOfOctets(body)), ")"],
          ["* 2 EXISTS"],
        ]);
      }),
    );
  });

  it.each([1_024, 8_192, 9_999])(
    "hold a message of %d octets by itself, so that its memory can be given back",
    (length) => {
      const literal = Buffer.alloc(length, "m");
      const wire = Buffer.concat([
        Buffer.from(`* 1 FETCH (BODY[] {${length}}\r\n`),
        literal,
        Buffer.from(` X {4}\r\nnext)\r\n`),
      ]);
      const [, message, , next] = read([wire])[0] ?? [];
      if (!(message instanceof Buffer)) throw new Error("The message is not there.");
      expect(message).toEqual(literal);
      letGo(message);
      expect(message).toHaveLength(0);
      expect(next).toEqual(Buffer.from("next"));
    },
  );

  it("are refused when a line does not end or a literal is larger than anything that was asked for", () => {
    expect(() => read([Buffer.alloc(6_000, "x"), Buffer.alloc(6_000, "x")])).toThrow(RangeError);
    expect(() => read([Buffer.from("* 1 FETCH (BODY[] {10001}\r\n")])).toThrow(RangeError);
    expect(() => read([Buffer.from("* 1 FETCH (BODY[] {9999999999}\r\n")])).toThrow(RangeError);
    const many = "A {1}\r\nx".repeat(17);
    expect(() => read([Buffer.from(`* 1 FETCH (${many})\r\n`)])).toThrow(RangeError);
    const long = `${"y".repeat(900)} {1}\r\nx`.repeat(12);
    expect(() => read([Buffer.from(`* 1 FETCH (${long})\r\n`)])).toThrow(RangeError);
  });
});
