import { array, assert, constantFrom, oneof, property, record, string, uniqueArray } from "fast-check";
import { describe, expect, it } from "vitest";
import { pinyinNames } from "../../../functions/adapters/pinyin/chinese-names.ts";
import { Member, sameMember } from "../../../shared/accounts/directory.ts";
import { planAllocation } from "../../../shared/allocation/plan-allocation.ts";
import { MailAddress } from "../../../shared/contract/ids.ts";

const domain = "example.test";
const member = (userid: string, name: string, email?: string): Member =>
  Member.parse({ userid, name, ...(email === undefined ? {} : { email }) });

const planned = (members: readonly Member[], taken: readonly string[] = []): Record<string, string> =>
  Object.fromEntries(
    planAllocation(
      { domain, members, taken: taken.map((address) => MailAddress.parse(address)) },
      pinyinNames,
    ).map(({ memberId, address }) => [memberId, address.replace(`@${domain}`, "")]),
  );

describe("addresses for members", () => {
  it("are numbered where names collide, in the order of account names", () => {
    const members = [member("c", "张薇"), member("B", "章伟"), member("a", "张伟")];
    expect(planned(members)).toEqual({ a: "zhangwei", B: "zhangwei2", c: "zhangwei3" });
  });

  it("are none that somebody has, and none that belongs to a role", () => {
    const members = [member("a", "张伟"), member("b", "Info"), member("c", "Postmaster")];
    expect(planned(members, ["zhangwei@example.test", "zhangwei2@example.test"])).toEqual({
      a: "zhangwei3",
      b: "info2",
      c: "postmaster2",
    });
  });

  it("are those that the directory names, unless they are another's", () => {
    const members = [
      member("a", "张伟", "Vivian@Example.test"),
      member("b", "李娜", "vivian@example.test"),
      member("c", "Vivian"),
      member("d", "王芳", "wangfang@elsewhere.test"),
      member("e", "赵敏", "taken@example.test"),
    ];
    expect(planned(members, ["taken@example.test"])).toEqual({
      a: "vivian",
      b: "lina",
      c: "vivian2",
      d: "wangfang",
      e: "zhaomin",
    });
  });

  it("keep a number apart from a digit of the name", () => {
    expect(planned([member("a", "Ann1"), member("b", "Ann 1"), member("c", "Ann1")])).toEqual({
      a: "ann1",
      b: "ann.1",
      c: "ann1-2",
    });
  });

  it("fall back to the account name, and to a plain word where that says nothing either", () => {
    expect(planned([member("Zhang.San_01", "محمد"), member("…", "สมชาย"), member("。", "🙂")])).toEqual({
      "Zhang.San_01": "zhang.san_01",
      "…": "member",
      "。": "member2",
    });
  });

  it("say how they were come by", () => {
    const members = [member("a", "张伟"), member("b", "محمد"), member("c", "李娜", "nana@example.test")];
    const origins = planAllocation({ domain, members, taken: [] }, pinyinNames).map(({ origin }) => origin);
    expect(origins).toEqual(["name", "memberId", "directory"]);
  });

  it("are found quickly for thousands of one name", () => {
    const members = Array.from({ length: 20_000 }, (_unused, number) => member(`m${number}`, "张伟"));
    expect(new Set(Object.values(planned(members))).size).toBe(20_000);
  });
});

const names = oneof(
  constantFrom(
    "张伟",
    "章薇",
    "欧阳修",
    "Info",
    "admin",
    "Ann 1",
    "Ann",
    "さくら",
    "김민수",
    "محمد",
    "",
    "J.-P. O'Neil",
  ),
  string({ unit: "grapheme", maxLength: 90 }),
  string({ maxLength: 90 }),
);
const people = uniqueArray(
  record({
    userid: string({ minLength: 1, maxLength: 12 }),
    name: names,
    email: oneof(
      constantFrom("", "ann@example.test", "zhangwei@example.test", "x@elsewhere.test", "no address"),
    ),
  }),
  { maxLength: 40, selector: ({ userid }) => sameMember(userid) },
).map((entries) => entries.map((entry) => Member.parse({ ...entry, name: entry.name.slice(0, 256) })));
const some = array(constantFrom("zhangwei@example.test", "ann@example.test", "ann2@example.test"));

const plan = (members: readonly Member[], taken: readonly string[]) =>
  planAllocation({ domain, members, taken: taken.map((address) => MailAddress.parse(address)) }, pinyinNames);

describe("any plan", () => {
  const valid = /^(?=[^@]{1,64}@)[a-z0-9]+(?:[._-][a-z0-9]+)*@example\.test$/;

  it("has a valid, free address of its own for everybody", () => {
    assert(
      property(people, some, (members, taken) => {
        const proposals = plan(members, taken);
        const addresses = proposals.map(({ address }) => address);
        expect(proposals.map(({ memberId }) => memberId).sort()).toEqual(
          members.map(({ userid }) => userid).sort(),
        );
        expect(new Set(addresses).size).toBe(members.length);
        for (const { address } of proposals) {
          expect(taken).not.toContain(address);
          expect(address).toMatch(valid);
        }
      }),
    );
  });

  it("does not depend on the order in which members come", () => {
    assert(
      property(people, some, (members, taken) => {
        expect(plan(members.toReversed(), taken)).toEqual(plan(members, taken));
      }),
    );
  });

  it("gives those who join later nothing that was given before", () => {
    assert(
      property(people, people, some, (members, joining, taken) => {
        const before = plan(members, taken);
        const ids = new Set(members.map(({ userid }) => sameMember(userid)));
        const later = joining.filter(({ userid }) => !ids.has(sameMember(userid)));
        const after = plan(later, [...taken, ...before.map(({ address }) => address)]);
        const all = [...before, ...after].map(({ address }) => address);
        expect(new Set(all).size).toBe(members.length + later.length);
      }),
    );
  });
});
