import { describe, expect, it } from "vitest";
import type { MxObservation } from "../../../shared/contract/migration.ts";
import { contradicting, isWorthALook, judgeMx } from "../../../shared/switch/watch-mx.ts";
import { inSwitch, newSet, oldSet } from "../../support/migration-example.ts";

const at = inSwitch().createdAt;
const says = (
  role: MxObservation["role"],
  records: Extract<MxObservation, { answer: "records" }>["records"],
): MxObservation => ({ server: `${role}:53`, role, answer: "records", records });
const silent: MxObservation = {
  server: "authoritative:53",
  role: "authoritative",
  answer: "none",
  absence: "unreachable",
  reason: "it was silent",
};

describe("the verdict over the MX", () => {
  it("agrees only when servers of both kinds were heard and all have the expected set", () => {
    const both = [says("authoritative", newSet), says("resolver", newSet)];
    expect(judgeMx(newSet, both, at)).toEqual({ verdict: "agreed", at });
    expect(judgeMx(newSet, both.slice(0, 1), at)).toMatchObject({ verdict: "disagreed" });
    expect(judgeMx(newSet, both.slice(1), at)).toMatchObject({ verdict: "disagreed" });
    expect(judgeMx(newSet, [], at)).toMatchObject({ verdict: "disagreed" });
  });

  it("names exactly those who dissent, the silent among them", () => {
    const observations = [says("authoritative", newSet), says("resolver", oldSet), silent];
    expect(judgeMx(newSet, observations, at)).toEqual({
      verdict: "disagreed",
      at,
      dissenting: [says("resolver", oldSet), silent],
    });
  });
});

describe("what the watch sees", () => {
  it.each([
    ["the old set", [says("authoritative", oldSet)], false],
    ["silence", [silent], false],
    ["the new set at one of two", [says("authoritative", oldSet), says("authoritative", newSet)], true],
    ["half of the new set", [says("authoritative", newSet.slice(1))], true],
  ])("%s: worth a closer look is %s", (_what, observations, worth) => {
    expect(isWorthALook(inSwitch(), observations)).toBe(worth);
  });

  it("is not worth a second look when the last verdict already said so of that server", () => {
    const half = says("authoritative", newSet.slice(1));
    const lastVerdict = { verdict: "disagreed", at, dissenting: [half] } as const;
    const migration = inSwitch({
      switch: { stage: "awaitingMx", since: at, lastVerdict: { ...lastVerdict, dissenting: [half] } },
    });
    expect(isWorthALook(migration, [half])).toBe(false);
    expect(isWorthALook(migration, [{ ...half, server: "another:53" }])).toBe(true);
    expect(isWorthALook(migration, [says("authoritative", newSet)])).toBe(true);
  });

  it("contradicts the new set only with a clear answer", () => {
    const gone: MxObservation = { ...silent, absence: "noRecords" };
    const observations = [says("authoritative", newSet), says("authoritative", oldSet), silent, gone];
    expect(contradicting(newSet, observations)).toEqual([says("authoritative", oldSet), gone]);
  });
});
