import { KMSClient } from "@aws-sdk/client-kms";
import { describe, expect, it, onTestFinished } from "vitest";
import { kmsCredentialVault, StoredCredential } from "../../functions/adapters/kms/credential-vault.ts";
import { kmsKeyService } from "../../functions/adapters/kms/key-service.ts";
import { openKms } from "../../infra/local/services/kms/kms.ts";
import { MailAddress, MigrationId } from "../../shared/contract/ids.ts";
import { keys } from "../../shared/contract/table.ts";
import type { CredentialKey } from "../../shared/ports/credential-vault.ts";
import { countingMetering } from "../support/counting-metering.ts";
import { FakeKeyService } from "../support/fake-key-service.ts";
import { clientOf, serveOnLoopback } from "../support/loopback-service.ts";
import { openStateTable } from "../support/state-table.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const migrationId = MigrationId.parse("yunfan.example-k3v9");
const keyOf = (name: string, side: CredentialKey["side"] = "source"): CredentialKey => ({
  migrationId,
  address: MailAddress.parse(`${name}@yunfan.example`),
  side,
});
const password = "Tr0ub4dor&3 密码 🔑";

const openVault = async () => {
  const { table } = await openStateTable();
  const keyService = new FakeKeyService();
  return { table, keyService, vault: kmsCredentialVault(keyService, table) };
};

describe("the credential vault", () => {
  it("gives back what it keeps, for each mailbox and each side apart", async () => {
    const { vault } = await openVault();
    await vault.keep(keyOf("a"), password);
    await vault.keep(keyOf("a", "target"), "other");
    expect(await vault.open(keyOf("a"))).toBe(password);
    expect(await vault.open(keyOf("a", "target"))).toBe("other");
    expect(await vault.open(keyOf("b"))).toBeNull();
    expect([await vault.isHeld(keyOf("a")), await vault.isHeld(keyOf("b"))]).toEqual([true, false]);
  });

  it("keeps the newest password", async () => {
    const { vault } = await openVault();
    await vault.keep(keyOf("a"), "old");
    await vault.keep(keyOf("a"), "new");
    expect(await vault.open(keyOf("a"))).toBe("new");
  });

  it("stores no password and no data key, and encrypts the same password differently each time", async () => {
    const { vault, table, keyService } = await openVault();
    const stored = async (name: string) => {
      await vault.keep(keyOf(name), password);
      return table.get(keys.credential(migrationId, keyOf(name).address, "source"), StoredCredential);
    };
    const [one, other] = [await stored("a"), await stored("b")];
    expect(JSON.stringify([one, other])).not.toContain("Tr0ub4dor");
    expect(one?.envelope.ciphertext).not.toBe(other?.envelope.ciphertext);
    expect(Buffer.from(one?.envelope.ciphertext ?? "", "base64").toString("latin1")).not.toContain(
      "Tr0ub4dor",
    );
    await vault.open(keyOf("a"));
    expect(keyService.handedOut).toHaveLength(3);
    for (const plain of keyService.handedOut) expect([...plain]).toEqual(Array(32).fill(0));
  });

  it("does not open a ciphertext that was moved to another mailbox or tampered with", async () => {
    const { vault, table } = await openVault();
    await vault.keep(keyOf("a"), password);
    await vault.keep(keyOf("b"), "other");
    const place = (name: string) => keys.credential(migrationId, keyOf(name).address, "source");
    const original = await table.get(place("a"), StoredCredential);
    if (original === null) throw new Error("nothing was stored");
    await table.put(place("b"), original);
    await expect(vault.open(keyOf("b"))).rejects.toThrow("InvalidCiphertextException");
    const flipped = Buffer.from(original.envelope.ciphertext, "base64");
    flipped.writeUInt8(flipped.readUInt8(0) ^ 1, 0);
    const tampered = { ...original.envelope, ciphertext: flipped.toString("base64") };
    await table.put(place("a"), { ...original, envelope: tampered });
    await expect(vault.open(keyOf("a"))).rejects.toThrow(/authenticate/);
  });

  it("seals the passwords of an import under few data keys, each for its own mailbox and side", async () => {
    const { vault, table, keyService } = await openVault();
    const names = Array.from({ length: 300 }, (_item, index) => `u${index}`);
    await vault.keepAll(
      migrationId,
      names.flatMap((name) =>
        (["source", "target"] as const).map((side) => ({
          address: keyOf(name).address,
          side,
          password: `${name} ${side}`,
        })),
      ),
    );
    expect(keyService.handedOut).toHaveLength(3);
    for (const plain of keyService.handedOut) expect([...plain]).toEqual(Array(32).fill(0));
    expect(await vault.open(keyOf("u7"))).toBe("u7 source");
    expect(await vault.open(keyOf("u299", "target"))).toBe("u299 target");
    await vault.keep(keyOf("u7"), "typed in");
    expect(await vault.open(keyOf("u7"))).toBe("typed in");
    const moved = await table.get(
      keys.credential(migrationId, keyOf("u8").address, "source"),
      StoredCredential,
    );
    if (moved === null) throw new Error("nothing was stored");
    await table.put(keys.credential(migrationId, keyOf("u9").address, "source"), moved);
    await expect(vault.open(keyOf("u9"))).rejects.toThrow(/authenticate/);
  });

  it("destroys one, or all whose address is not among those that belong to the migration", async () => {
    const { vault } = await openVault();
    for (const name of ["a", "b", "c"]) await vault.keep(keyOf(name), password);
    await vault.destroy(keyOf("a"));
    await vault.destroy(keyOf("a"));
    await vault.destroyUnless(migrationId, (address) => address === keyOf("b").address);
    expect(await Promise.all(["a", "b", "c"].map((name) => vault.isHeld(keyOf(name))))).toEqual([
      false,
      true,
      false,
    ]);
  });

  it("destroys all credentials of a migration and no others", async () => {
    const { vault } = await openVault();
    const names = Array.from({ length: 60 }, (_item, index) => `u${index}`);
    for (const name of names) await vault.keep(keyOf(name), password);
    const foreign = { ...keyOf("x"), migrationId: MigrationId.parse("other.example-1") };
    await vault.keep(foreign, "stays");
    await vault.destroyAll(migrationId);
    for (const name of names) expect(await vault.isHeld(keyOf(name))).toBe(false);
    expect(await vault.open(foreign)).toBe("stays");
  });
});

describe("the credential vault on KMS", () => {
  it("opens with KMS what it kept with KMS, and only under the mailbox it was kept for", async () => {
    const kms = await openKms({
      dataDir: await temporaryDirectory(),
      region: "eu-central-1",
      accountId: "000000000000",
      metering: countingMetering(),
    });
    const arn = "arn:aws:kms:eu-central-1:000000000000:key/one";
    kms.createKey({ keyId: "one", arn });
    const loopback = await serveOnLoopback(kms);
    onTestFinished(() => loopback.stop());
    const keyService = kmsKeyService(new KMSClient(clientOf(loopback)), arn);
    const { table } = await openStateTable();
    const vault = kmsCredentialVault(keyService, table);
    await vault.keep(keyOf("a"), password);
    expect(await vault.open(keyOf("a"))).toBe(password);
    const { sealed } = await keyService.generate({ address: "a@yunfan.example" });
    await expect(keyService.open(sealed, { address: "b@yunfan.example" })).rejects.toMatchObject({
      name: "InvalidCiphertextException",
    });
  });
});
