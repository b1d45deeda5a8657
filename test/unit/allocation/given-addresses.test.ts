import { expect, it } from "vitest";
import { directoryOf, Member } from "../../../shared/accounts/directory.ts";
import { planAccounts } from "../../../shared/accounts/plan-accounts.ts";
import { givenAddresses } from "../../../shared/allocation/given-addresses.ts";
import { Allocation } from "../../../shared/contract/allocation.ts";
import { listsOf, memberHeaders, publicHeaders } from "../../support/accounts-rows.ts";
import { FakeAllocationStore } from "../../support/fake-allocation-store.ts";
import { exampleDomain as domain, exampleId } from "../../support/migration-example.ts";

const since = "2026-11-22T08:00:00.000Z";

it("an address that was given for good is imported for its own member only; one that is kept free, for anybody", async () => {
  const allocations = new FakeAllocationStore();
  for (const [memberId, name, status] of [
    ["M1", "zhangwei", "confirmed"],
    ["m2", "lina", "confirmed"],
    ["m3", "wangfang", "planned"],
  ] as const) {
    const address = `${name}@${domain}`;
    await allocations.create(
      Allocation.parse({
        migrationId: exampleId,
        memberId,
        name,
        address,
        origin: "name",
        state: { status, since },
      }),
    );
  }
  const given = await givenAddresses(allocations, exampleId);
  const rows = [
    [`zhangwei@${domain}`, "m1"],
    [`lina@${domain}`, "m4"],
    [`wangfang@${domain}`, "m5"],
  ];
  const members = ["m1", "m2", "m3", "m4", "m5"].map((userid) => Member.parse({ userid, name: userid }));
  const plan = planAccounts(
    listsOf([memberHeaders, ...rows], [publicHeaders]),
    new Map(),
    { domain, directory: directoryOf(members) },
    given,
  );
  expect(plan.fresh.map(({ address }) => address)).toEqual([`zhangwei@${domain}`, `wangfang@${domain}`]);
  expect(plan.errors.find(({ name }) => name === "TargetGiven")).toMatchObject({
    row: 3,
    evidence: { target: `lina@${domain}`, member: "m2" },
  });
});
