import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { holdableSegments } from "../../../shared/folders/holdable-name.ts";

describe("a name for a folder whose own was not taken", () => {
  it("is short, plain, and keeps what a person recognises it by", () => {
    const [parent, name] = holdableSegments(["a".repeat(300), "合同/2024: draft? v1.2"]);
    expect(parent).toBe("a".repeat(40));
    expect(name).toMatch(/^合同_2024_ draft_ v1_2 [0-9a-f]{8}$/);
  });

  it("is the same each time, and another for another folder that begins alike", () => {
    const long = "项目".repeat(100);
    expect(holdableSegments([long])).toEqual(holdableSegments([long]));
    expect(holdableSegments([`${long}一`])).not.toEqual(holdableSegments([`${long}二`]));
  });

  it("never exceeds forty characters for a part, whatever the name", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: "grapheme", minLength: 1 }), { minLength: 1, maxLength: 4 }),
        (name) => {
          const held = holdableSegments(name);
          expect(held).toHaveLength(name.length);
          for (const part of held) expect(Array.from(part).length).toBeLessThanOrEqual(40);
          expect(held.join("")).not.toMatch(/[/\\*%"\p{Cc}]/u);
        },
      ),
    );
  });
});
