import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { IdentityPool } from "../../../shared/copy/identity-pool.ts";
import { uidOf } from "../../../shared/copy/uid-set.ts";

const identities = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 30 });
const count = (list: readonly string[], identity: string): number =>
  list.filter((one) => one === identity).length;

describe("matching by identity", () => {
  it("matches as multisets do: as many twins as both sides have, each once", () => {
    fc.assert(
      fc.property(identities, identities, (there, sought) => {
        const pool = new IdentityPool();
        for (const [index, identity] of there.entries()) pool.add(identity, uidOf(index + 1));
        const given = sought.flatMap((identity) => pool.take(identity) ?? []);
        expect(new Set(given).size).toBe(given.length);
        for (const identity of ["a", "b", "c"]) {
          const matched = given.filter((uid) => there[uid - 1] === identity).length;
          expect(matched).toBe(Math.min(count(there, identity), count(sought, identity)));
        }
      }),
    );
  });
});
