import { PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { describe, expect, it, onTestFinished } from "vitest";
import { secretsManagerStore } from "../../functions/adapters/secrets-manager/secret-store.ts";
import { openSecretsManager } from "../../infra/local/services/secrets-manager/secrets-manager.ts";
import { countingMetering } from "../support/counting-metering.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { clientOf, serveOnLoopback } from "../support/loopback-service.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const openStore = async () => {
  const metering = countingMetering();
  const service = await openSecretsManager({
    dataDir: await temporaryDirectory(),
    region: "eu-central-1",
    accountId: "000000000000",
    metering,
  });
  const secretArn = service.createSecret({ name: "mailferry/yunfan/target", secretString: "first" });
  const loopback = await serveOnLoopback(service);
  onTestFinished(() => loopback.stop());
  const client = new SecretsManagerClient(clientOf(loopback));
  const clock = new FakeClock();
  return { client, clock, metering, secretArn, store: secretsManagerStore(client, clock) };
};

describe("the secret store", () => {
  it("reads a secret by its ARN and asks once for a few minutes of work", async () => {
    const { store, secretArn, metering } = await openStore();
    expect([await store.read({ secretArn }), await store.read({ secretArn })]).toEqual(["first", "first"]);
    expect(metering.readings().secretsRequests).toBe(1);
  });

  it("knows a changed secret after a few minutes", async () => {
    const { store, secretArn, client, clock } = await openStore();
    await store.read({ secretArn });
    await client.send(new PutSecretValueCommand({ SecretId: secretArn, SecretString: "second" }));
    expect(await store.read({ secretArn })).toBe("first");
    clock.advance(301);
    expect(await store.read({ secretArn })).toBe("second");
  });

  it("reads anew a secret that a server would not take, and keeps the newer one", async () => {
    const { store, secretArn, client, metering } = await openStore();
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
    const { store, secretArn, client } = await openStore();
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
