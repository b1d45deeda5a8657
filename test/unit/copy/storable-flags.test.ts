import { describe, expect, it } from "vitest";
import { sameFlags, storableFlags } from "../../../shared/copy/storable-flags.ts";

const system = ["\\Answered", "\\Flagged", "\\Deleted", "\\Seen", "\\Draft"];

describe("the flags a folder keeps", () => {
  it("takes new keywords only where the folder does", () => {
    const flags = ["\\Flagged", "$Forwarded", "project"];
    expect(storableFlags(flags, [...system, "\\*"])).toEqual(["$Forwarded", "\\Flagged", "project"]);
    expect(storableFlags(flags, [...system, "$forwarded"])).toEqual(["$forwarded", "\\Flagged"]);
  });

  it("never drops \\Seen and always drops \\Recent", () => {
    expect(storableFlags(["\\seen", "\\Recent", "\\Answered"], [])).toEqual(["\\Seen"]);
  });

  it("drops what cannot stand in a command", () => {
    const odd = [
      "two words",
      "密码",
      "a(b",
      'q"',
      "per%cent",
      "st*r",
      "bra]cket",
      "ctrl\u0001",
      "back\\slash",
    ];
    expect(storableFlags([...odd, "fine-1"], ["\\*"])).toEqual(["fine-1"]);
  });

  it("drops a system flag the folder does not know, such as Gmail's \\Important", () => {
    expect(storableFlags(["\\Important", "\\draft"], [...system, "\\*"])).toEqual(["\\Draft"]);
  });

  it("compares flags without regard to order, case, repetition and \\Recent", () => {
    expect(sameFlags(["\\Seen", "Work"], ["work", "\\seen", "\\Recent", "work"])).toBe(true);
    expect(sameFlags(["\\Seen"], [])).toBe(false);
  });
});
