import { describe, expect, it } from "vitest";
import { accountsByAddress } from "../../../shared/accounts/all-accounts.ts";
import { FakeAccountStore } from "../../support/fake-account-store.ts";
import { exampleAccount, exampleId } from "../../support/migration-example.ts";

const addressesOf = async (store: FakeAccountStore): Promise<readonly string[]> => {
  const addresses: string[] = [];
  for await (const { address } of accountsByAddress(store, exampleId)) addresses.push(address);
  return addresses;
};

describe("accounts by address", () => {
  it("are each of them there once and in order, over all shards and pages", async () => {
    const store = new FakeAccountStore(2);
    const accounts = Array.from({ length: 60 }, (_item, index) => exampleAccount(index + 1));
    await store.createAll(accounts.toReversed());
    expect(await addressesOf(store)).toEqual(accounts.map(({ address }) => address).toSorted());
  });

  it("are none where none were imported", async () => {
    expect(await addressesOf(new FakeAccountStore())).toEqual([]);
  });
});
