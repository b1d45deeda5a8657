import { describe, expect, it } from "vitest";
import { address, known, memberSheet, places, plan, publicSheet } from "../../support/planned-rows.ts";

describe("a public mailbox", () => {
  it("is used by members of either sheet's spelling, separated in any of the usual ways", () => {
    const { fresh, errors } = plan(
      [["a@yunfan.example", "m1"]],
      [["info@yunfan.example", "pw", "m1；M2，m3、m1\nm4", "咨询"]],
    );
    expect(errors).toEqual([]);
    expect(fresh[1]).toMatchObject({ kind: "public", users: ["m1", "m2", "m3", "m4"], name: "咨询" });
  });

  it("may have no users at all", () => {
    expect(plan([], [["info@yunfan.example"]]).fresh).toMatchObject([{ kind: "public", users: [] }]);
  });

  it("is rejected when none of its users has a mailbox, and admitted when one got it in an earlier import", () => {
    const rows = [["info@yunfan.example", "", "m1,m2"]];
    expect(places(plan([], rows).errors)).toEqual([[publicSheet, 2, "使用成员", "UsersWithoutMailbox"]]);
    expect(plan([], rows, [known()]).fresh).toHaveLength(1);
  });

  it("is rejected when its only user's own row was rejected", () => {
    const { errors } = plan([["a@other.example", "m1"]], [["info@yunfan.example", "", "m1"]]);
    expect(errors.map(({ name }) => name)).toEqual(["DomainForeign", "UsersWithoutMailbox"]);
  });

  it("is rejected for each user that nobody knows, and for too many users", () => {
    const strangers = plan([], [["info@yunfan.example", "", "x1,x2"]]).errors;
    expect(strangers.map(({ evidence }) => evidence)).toEqual([{ member: "x1" }, { member: "x2" }]);
    const crowd = (size: number) => Array.from({ length: size }, (_item, index) => `u${index}`).join(",");
    expect(plan([], [["info@yunfan.example", "", crowd(1_001)]]).errors).toMatchObject([
      { name: "UsersTooMany" },
    ]);
    // One short text may stand in every one of 250,000 rows: a thousand reasons for each of them would fill any memory.
    const { errors } = plan([], [["info@yunfan.example", "", crowd(1_000)]]);
    expect(errors.map(({ evidence }) => evidence.member)).toEqual(crowd(10).split(","));
  });

  it("cannot be a member's mailbox too: neither row is believed", () => {
    const { fresh, errors } = plan([["a@yunfan.example", "m1"]], [["a@yunfan.example"]]);
    expect(fresh).toEqual([]);
    expect(errors).toMatchObject([
      {
        sheet: memberSheet,
        row: 2,
        name: "AddressInBothSheets",
        evidence: { other: publicSheet, otherRow: 2 },
      },
      {
        sheet: publicSheet,
        row: 2,
        name: "AddressInBothSheets",
        evidence: { other: memberSheet, otherRow: 2 },
      },
    ]);
  });

  it("is unchanged when its users stand in another order, and rejected when they are others", () => {
    const earlier = known({ memberId: null, users: "m1\nm2" });
    const owner = known({ address: address("x@yunfan.example"), target: address("x@yunfan.example") });
    expect(plan([], [["a@yunfan.example", "", "M2,m1"]], [earlier, owner]).repeated).toHaveLength(1);
    expect(plan([], [["a@yunfan.example", "", "m1"]], [earlier, owner]).errors).toMatchObject([
      { column: "使用成员", name: "AlreadyImported", evidence: { difference: "使用成员" } },
    ]);
  });
});
