import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { onTestFinished } from "vitest";
import { secretsManagerStore } from "../../functions/adapters/secrets-manager/secret-store.ts";
import { openSecretsManager } from "../../infra/local/services/secrets-manager/secrets-manager.ts";
import { countingMetering } from "./counting-metering.ts";
import { FakeClock } from "./fake-clock.ts";
import { clientOf, serveOnLoopback } from "./loopback-service.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

/** The store of secrets over a Secrets Manager of the running test's own, which holds one. */
export const openSecretStore = async (secretString = "first") => {
  const metering = countingMetering();
  const service = await openSecretsManager({
    dataDir: await temporaryDirectory(),
    region: "eu-central-1",
    accountId: "000000000000",
    metering,
  });
  const secretArn = service.createSecret({ name: "mailferry/yunfan/target", secretString });
  const loopback = await serveOnLoopback(service);
  onTestFinished(() => loopback.stop());
  const client = new SecretsManagerClient(clientOf(loopback));
  const clock = new FakeClock();
  return { client, clock, metering, secretArn, store: secretsManagerStore(client, clock) };
};
