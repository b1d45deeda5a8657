import { describe, expect, it } from "vitest";
import { dynamoPasswordRunStore } from "../../functions/adapters/dynamodb/password-run-store.ts";
import { dynamoUserStore } from "../../functions/adapters/dynamodb/user-store.ts";
import { kmsCredentialVault } from "../../functions/adapters/kms/credential-vault.ts";
import { heldPasswordsIn } from "../../functions/adapters/kms/held-passwords.ts";
import { MailAddress, MemberId } from "../../shared/contract/ids.ts";
import { PasswordRun } from "../../shared/contract/password-run.ts";
import { accountShards } from "../../shared/contract/table.ts";
import { AwaitedUser, VerifiedUser } from "../../shared/contract/user.ts";
import { FakeKeyService } from "../support/fake-key-service.ts";
import { exampleAccount, exampleId } from "../support/migration-example.ts";
import { openStateTable } from "../support/state-table.ts";

const { importedAt } = exampleAccount(1);
const lina = MemberId.parse("LiNa");

describe("the users of public mailboxes in the state table", () => {
  it("are found whatever the letter case of their account, each with what waits for them and nothing else", async () => {
    const { table } = await openStateTable();
    const users = dynamoUserStore(table);
    const of = { migrationId: exampleId, memberId: lina };
    const verified = VerifiedUser.parse({
      ...of,
      address: "li.na@yunfan.example",
      importedAt,
      at: importedAt,
    });
    const awaited = ["a", "b"].map((name) => AwaitedUser.parse({ ...of, address: `${name}@yunfan.example` }));
    await users.putVerified(verified);
    for (const user of [...awaited, ...awaited]) await users.putAwaited(user);
    expect(await users.verified(exampleId, MemberId.parse("lina"))).toEqual(verified);
    expect(await users.awaited(exampleId, MemberId.parse("LINA"))).toEqual(awaited);
    expect(await users.verified(exampleId, MemberId.parse("lin"))).toBeNull();
    expect(await users.awaited(exampleId, MemberId.parse("lin"))).toEqual([]);
  });
});

describe("the runs of password files in the state table", () => {
  it("are kept under their file's name, the newest alone", async () => {
    const { table } = await openStateTable();
    const runs = dynamoPasswordRunStore(table);
    const run = PasswordRun.parse({
      ...{ outcome: "running", migrationId: exampleId, startedAt: importedAt },
      upload: { file: "passwords.xlsx" },
    });
    expect(await runs.get(exampleId, "passwords.xlsx")).toBeNull();
    await runs.put(run);
    await runs.put({ ...run, upload: { file: "passwords.xlsx", versionId: "2" } });
    expect(await runs.get(exampleId, "passwords.xlsx")).toMatchObject({ upload: { versionId: "2" } });
  });
});

describe("whose password is held", () => {
  it("is told without a key, for the source alone", async () => {
    const { table } = await openStateTable();
    const vault = kmsCredentialVault(new FakeKeyService(), table);
    const address = (name: string) => MailAddress.parse(`${name}@yunfan.example`);
    for (const name of ["a", "b", "c"])
      await vault.keep({ migrationId: exampleId, address: address(name), side: "source" }, "Pw-of-it");
    await vault.keep({ migrationId: exampleId, address: address("d"), side: "target" }, "Pw-of-it");
    const held: string[] = [];
    for (let shard = 0; shard < accountShards; shard += 1)
      held.push(...(await heldPasswordsIn(table).ofShard(exampleId, shard)));
    expect(held.sort()).toEqual(["a", "b", "c"].map(address));
  });
});
