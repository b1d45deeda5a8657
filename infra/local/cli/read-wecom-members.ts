import { dirname, resolve } from "node:path";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { secretsManagerStore } from "../../../functions/adapters/secrets-manager/secret-store.ts";
import { WecomClient } from "../../../functions/adapters/wecom/client.ts";
import { realPause } from "../../../functions/adapters/wecom/means.ts";
import { readMembers } from "../../../functions/adapters/wecom/read-members.ts";
import { systemClock } from "../../../functions/runtime/composition.ts";
import type { Member } from "../../../shared/accounts/directory.ts";
import { HeldSecret } from "../../../shared/contract/secret-reference.ts";
import type { MigrationSettings } from "../../../shared/contract/settings.ts";
import { readSecret } from "./hold-settings.ts";

/**
 * Everybody in WeCom, asked from this machine with the settings as a person wrote them. Where the secret is told account names
 * only, people's names are empty.
 * @throws SecretMissing, and what WeCom's client throws (WecomSecretRefused, WecomAddressRefused, …)
 */
export const readWecomMembers = async (
  { baseUrl, corpId, secret }: Extract<MigrationSettings["directory"], { readonly kind: "wecom" }>,
  settingsFile: string,
): Promise<readonly Member[]> => {
  const written = await readSecret(secret, "directory.secret", dirname(resolve(settingsFile)));
  const access = { baseUrl, corpId, secret: written ?? (await fromSecretsManager(HeldSecret.parse(secret))) };
  const client = new WecomClient({ clock: systemClock, pause: realPause });
  return (await readMembers(client, access)).members;
};

/** A secret named by ARN lies in the AWS account that this machine is configured for. */
const fromSecretsManager = (secret: HeldSecret): Promise<string> =>
  secretsManagerStore(new SecretsManagerClient({}), systemClock).read(secret);
