import { describe, expect, it } from "vitest";
import { letGo } from "../../../shared/copy/let-go.ts";

describe("octets that are let go", () => {
  it("give their memory back", () => {
    const octets = new Uint8Array(10_000);
    const { buffer } = octets;
    letGo(octets);
    expect(buffer.detached).toBe(true);
    expect(octets.length).toBe(0);
  });

  it("stay where others share their memory", () => {
    const shared = new Uint8Array(100).fill(7);
    const octets = shared.subarray(0, 50);
    letGo(octets);
    expect(shared[0]).toBe(7);
    expect(octets.length).toBe(50);
  });

  it("may be let go twice, and may be none", () => {
    const octets = new Uint8Array(10);
    for (const those of [octets, octets, new Uint8Array()]) expect(() => letGo(those)).not.toThrow();
  });
});
