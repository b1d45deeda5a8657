import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalForm, canonicalLength, contentIdentity } from "../../../shared/copy/content-identity.ts";

const octets = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "latin1"));
const form = (text: string): string => Buffer.from(canonicalForm(octets(text))).toString("latin1");

describe("the canonical form of a message", () => {
  it.each([
    ["a\nb\n", "a\r\nb\r\n"],
    ["a\r\nb", "a\r\nb\r\n"],
    ["a\rb\r\n", "a\r\nb\r\n"],
    ["a\r\r\nb\n\r", "a\r\n\r\nb\r\n\r\n"],
    ["a\0b\r\n", "a\x80b\r\n"],
    ["", ""],
    ["\n", "\r\n"],
    ["\xff\x80\r\n", "\xff\x80\r\n"],
  ])("folds line ends, ends the last line and replaces NUL: %j", (raw, canonical) => {
    expect(form(raw)).toBe(canonical);
  });

  const text = fc.string({ unit: fc.constantFrom("a", "\r", "\n", "\0", "\x80"), maxLength: 30 });

  it("is its own canonical form and as long as was said", () => {
    fc.assert(
      fc.property(text, (raw) => {
        expect(form(form(raw))).toBe(form(raw));
        expect(canonicalLength(octets(raw))).toBe(form(raw).length);
      }),
    );
  });
});

describe("the identity of a message", () => {
  it("is the same for what servers make of one message and differs for a changed one", async () => {
    const identity = await contentIdentity(octets("Subject: x\r\n\r\nbody\r\n"));
    expect(identity).toMatch(/^[0-9a-f]{64}$/);
    expect(await contentIdentity(octets("Subject: x\n\nbody"))).toBe(identity);
    expect(await contentIdentity(octets("Subject: x\r\n\r\nBody\r\n"))).not.toBe(identity);
  });

  it("does not change with what the message is a view of", async () => {
    const buffer = octets("xxSubject: y\r\n\r\nxx");
    expect(await contentIdentity(buffer.subarray(2, -2))).toBe(
      await contentIdentity(octets("Subject: y\r\n\r\n")),
    );
  });
});
