import {
  CreateSecretCommand,
  PutSecretValueCommand,
  ResourceExistsException,
  type SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { secretNamePrefix } from "../../../shared/contract/environment.ts";
import type { HoldSecret } from "./hold-settings.ts";

/** Keeps secrets in Secrets Manager under mailferry's prefix; one that is there already gets the new value. */
export const holdInSecretsManager =
  (client: SecretsManagerClient): HoldSecret =>
  async (name, value) => {
    const Name = `${secretNamePrefix}${name}`;
    try {
      return arnOf(await client.send(new CreateSecretCommand({ Name, SecretString: value })));
    } catch (error) {
      if (!(error instanceof ResourceExistsException)) throw error;
    }
    return arnOf(await client.send(new PutSecretValueCommand({ SecretId: Name, SecretString: value })));
  };

const arnOf = ({ ARN }: { readonly ARN?: string | undefined }) => {
  if (ARN === undefined) throw new Error("Secrets Manager kept a secret but did not name it.");
  return { secretArn: ARN };
};
