import type { Member } from "../../shared/accounts/directory.ts";
import type { Account } from "../../shared/contract/account.ts";
import { MailAddress } from "../../shared/contract/ids.ts";
import type { Migration } from "../../shared/contract/migration.ts";
import { objectKeys } from "../../shared/contract/objects.ts";
import { type FakePipeline, pipelineWith } from "./fake-pipeline.ts";
import { exampleAccount, exampleDomain, exampleId, inDrain } from "./migration-example.ts";

/** The same migration with addresses for the members left over. */
export const assigning = (migration: Migration): Migration => ({
  ...migration,
  settings: { ...migration.settings, allocation: "assign" },
});

/** The switch is verified, and whoever has no address is to be given one. */
export const draining = (): Migration => assigning(inDrain());

type Person = Pick<Member, "name"> & { readonly userid: string; readonly aliases?: readonly string[] };

/** Writes the directory: these people, and the one who has an account. */
export const directory = async (app: FakePipeline, people: readonly Person[]): Promise<void> => {
  const members = [{ userid: "Member1", name: "成员1" }, ...people];
  await app.objects.write(objectKeys.directory(exampleId), Buffer.from(JSON.stringify(members)));
};

export const people: readonly Person[] = [
  { userid: "u2", name: "张薇" },
  { userid: "U1", name: "张伟" },
  { userid: "u3", name: "欧阳修" },
];

/** A company of four, of whom member1 has an account. */
export const begin = async (migration: Migration, accounts: readonly Account[] = [exampleAccount(1)]) => {
  const app = await pipelineWith(migration, accounts);
  await directory(app, people);
  return app;
};

/** Who was given what, and how firmly. */
export const given = async (app: FakePipeline): Promise<Record<string, string>> =>
  Object.fromEntries(
    (await app.allocations.all(exampleId)).map(({ memberId, address, state }) => [
      memberId,
      `${address.replace(`@${exampleDomain}`, "")} ${state.status}`,
    ]),
  );

/** What the three are given in the end, and who then holds each address. */
export const confirmed = { U1: "zhangwei confirmed", u2: "zhangwei2 confirmed", u3: "ouyangxiu confirmed" };
export const holders = {
  [`zhangwei@${exampleDomain}`]: "u1",
  [`zhangwei2@${exampleDomain}`]: "u2",
  [`ouyangxiu@${exampleDomain}`]: "u3",
};

/** An account of the example's as what it is: a member's. */
export const asMember = (account: Account): Extract<Account, { kind: "member" }> => {
  if (account.kind !== "member") throw new Error("The example is no member's account.");
  return account;
};

export const address = (localPart: string): MailAddress => MailAddress.parse(`${localPart}@${exampleDomain}`);
