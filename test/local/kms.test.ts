import { stat } from "node:fs/promises";
import { join } from "node:path";
import {
  DecryptCommand,
  DescribeKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  KMSClient,
  ReEncryptCommand,
} from "@aws-sdk/client-kms";
import { describe, expect, it } from "vitest";
import { openKms } from "../../infra/local/services/kms/kms.ts";
import { countingMetering } from "../support/counting-metering.ts";
import { directoryOfTest } from "../support/directory-of-test.ts";
import { clientOf, serveOnLoopback } from "../support/loopback-service.ts";

const arnOf = (keyId: string): string => `arn:aws:kms:eu-central-1:000000000000:key/${keyId}`;

const open = async (dataDir: string) => {
  const metering = countingMetering();
  const kms = await openKms({ dataDir, region: "eu-central-1", accountId: "000000000000", metering });
  for (const keyId of ["one", "two"]) kms.createKey({ keyId, arn: arnOf(keyId) });
  kms.createAlias({ aliasName: "alias/credentials", targetKeyId: "one" });
  const served = await serveOnLoopback(kms);
  const client = new KMSClient(clientOf(served));
  return { client, metering, [Symbol.asyncDispose]: () => served.stop() };
};

const EncryptionContext = { mailbox: "a@example.test", migration: "m1" };

describe("KMS", () => {
  it("opens a data key again after a restart, with the context in any order", async () => {
    const directory = await directoryOfTest();
    const before = await open(directory);
    const made = await before.client.send(
      new GenerateDataKeyCommand({ KeyId: "alias/credentials", KeySpec: "AES_256", EncryptionContext }),
    );
    await before[Symbol.asyncDispose]();
    expect(made).toMatchObject({ KeyId: arnOf("one") });
    expect(made.Plaintext).toHaveLength(32);

    await using after = await open(directory);
    const { CiphertextBlob } = made;
    const reordered = { migration: "m1", mailbox: "a@example.test" };
    const opened = await after.client.send(
      new DecryptCommand({ CiphertextBlob, EncryptionContext: reordered }),
    );
    expect(opened.Plaintext).toEqual(made.Plaintext);
    expect(after.metering.readings().kmsRequests).toBe(1);
  });

  it.each([
    ["another mailbox", { mailbox: "b@example.test", migration: "m1" }],
    ["a context that lacks a pair", { mailbox: "a@example.test" }],
    ["no context", undefined],
  ])("refuses to decrypt for %s", async (_name, wrong) => {
    await using opened = await open(await directoryOfTest());
    const Plaintext = Buffer.from("secret");
    const { CiphertextBlob } = await opened.client.send(
      new EncryptCommand({ KeyId: arnOf("one"), Plaintext, EncryptionContext }),
    );
    const decrypt = new DecryptCommand({ CiphertextBlob, EncryptionContext: wrong });
    await expect(opened.client.send(decrypt)).rejects.toMatchObject({ name: "InvalidCiphertextException" });
  });

  it("refuses a ciphertext with one bit changed, and one of another key than the caller expects", async () => {
    await using opened = await open(await directoryOfTest());
    const Plaintext = Buffer.from("secret");
    const { CiphertextBlob = new Uint8Array() } = await opened.client.send(
      new EncryptCommand({ KeyId: "one", Plaintext }),
    );
    const changed = Uint8Array.from(CiphertextBlob, (byte, at) =>
      at === CiphertextBlob.length - 1 ? byte ^ 1 : byte,
    );
    await expect(opened.client.send(new DecryptCommand({ CiphertextBlob: changed }))).rejects.toMatchObject({
      name: "InvalidCiphertextException",
    });
    await expect(
      opened.client.send(new DecryptCommand({ CiphertextBlob, KeyId: "two" })),
    ).rejects.toMatchObject({ name: "IncorrectKeyException" });
  });

  it("describes a key by its alias and says that an unknown one is not there", async () => {
    await using opened = await open(await directoryOfTest());
    const { KeyMetadata } = await opened.client.send(new DescribeKeyCommand({ KeyId: "alias/credentials" }));
    expect(KeyMetadata).toMatchObject({ KeyId: "one", Arn: arnOf("one"), KeyState: "Enabled" });
    await expect(opened.client.send(new DescribeKeyCommand({ KeyId: "three" }))).rejects.toMatchObject({
      name: "NotFoundException",
    });
  });

  it("refuses what it does not serve: an operation, or a parameter it would have to ignore", async () => {
    await using opened = await open(await directoryOfTest());
    const blob = Buffer.from("x");
    await expect(
      opened.client.send(new ReEncryptCommand({ CiphertextBlob: blob, DestinationKeyId: "two" })),
    ).rejects.toMatchObject({ name: "UnknownOperationException" });
    await expect(
      opened.client.send(new EncryptCommand({ KeyId: "one", Plaintext: blob, DryRun: true })),
    ).rejects.toThrow(/DryRun/);
  });

  it("keeps its key material where only the owner may read it", async () => {
    const directory = await directoryOfTest();
    await using _opened = await open(directory);
    const { mode } = await stat(join(directory, "keys.json"));
    expect(mode & 0o777).toBe(0o600);
  });
});
