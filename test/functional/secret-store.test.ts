import { PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { describe, expect, it } from "vitest";
import { secretsManagerStore } from "../../functions/adapters/secrets-manager/secret-store.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { openSecretStore } from "../support/open-secret-store.ts";

describe("the secret store", () => {
  it("reads a secret by its ARN and asks once for a few minutes of work", async () => {
    const { store, secretArn, metering } = await openSecretStore();
    expect([await store.read({ secretArn }), await store.read({ secretArn })]).toEqual(["first", "first"]);
    expect(metering.readings().secretsRequests).toBe(1);
  });

  it("knows a changed secret after a few minutes", async () => {
    const { store, secretArn, client, clock } = await openSecretStore();
    await store.read({ secretArn });
    await client.send(new PutSecretValueCommand({ SecretId: secretArn, SecretString: "second" }));
    expect(await store.read({ secretArn })).toBe("first");
    clock.advance(301);
    expect(await store.read({ secretArn })).toBe("second");
  });

  it("reads anew a secret that a server would not take, and keeps the newer one", async () => {
    const { store, secretArn, client, metering } = await openSecretStore();
    await store.read({ secretArn });
    await client.send(new PutSecretValueCommand({ SecretId: secretArn, SecretString: "second" }));
    const before = metering.readings().secretsRequests ?? 0;
    expect(await store.read({ secretArn }, "first")).toBe("second");
    expect([await store.read({ secretArn }), await store.read({ secretArn }, "first")]).toEqual([
      "second",
      "second",
    ]);
    expect(metering.readings().secretsRequests).toBe(before + 1);
  });

  it("names a secret that is missing, and throws anything else as it is", async () => {
    const { store, secretArn, client } = await openSecretStore();
    await expect(store.read({ secretArn: `${secretArn.slice(0, -6)}-absent` })).rejects.toMatchObject({
      name: "SecretMissing",
      evidence: { place: "AWS Secrets Manager" },
    });
    client.destroy();
    const unreachable = new SecretsManagerClient({
      endpoint: "http://127.0.0.1:1",
      region: "eu-central-1",
      credentials: { accessKeyId: "local", secretAccessKey: "local" },
      maxAttempts: 1,
    });
    const lost = secretsManagerStore(unreachable, new FakeClock());
    await expect(lost.read({ secretArn })).rejects.not.toMatchObject({ name: "SecretMissing" });
  });
});
