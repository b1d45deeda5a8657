import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { MailferryError } from "../../../shared/contract/errors.ts";
import type { Clock } from "../../../shared/ports/clock.ts";
import type { SecretStore } from "../../../shared/ports/secret-store.ts";

/** One request serves a few minutes of work; a password changed in between is known after them, or when the old one is refused. */
const keptMilliseconds = 5 * 60 * 1_000;

/** A migration has a handful of secrets; more are not kept. */
const keptAtMost = 100;

/** Secrets of the settings in Secrets Manager, kept in memory for a few minutes. */
export const secretsManagerStore = (
  client: Pick<SecretsManagerClient, "send">,
  clock: Clock,
): SecretStore => {
  const kept = new Map<string, { readonly value: string; readonly readAt: number }>();
  return {
    read: async ({ secretArn }, refused) => {
      const now = Date.parse(clock.now());
      const found = kept.get(secretArn);
      const isUsable = found !== undefined && found.value !== refused;
      if (isUsable && now - found.readAt < keptMilliseconds) return found.value;
      const value = await fetchSecret(client, secretArn);
      if (kept.size >= keptAtMost) kept.clear();
      kept.set(secretArn, { value, readAt: now });
      return value;
    },
  };
};

const fetchSecret = async (
  client: Pick<SecretsManagerClient, "send">,
  secretArn: string,
): Promise<string> => {
  try {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
    if (SecretString === undefined) throw missing(secretArn);
    return SecretString;
  } catch (error) {
    throw error instanceof ResourceNotFoundException ? missing(secretArn, { cause: error }) : error;
  }
};

const missing = (secretArn: string, options?: ErrorOptions) =>
  new MailferryError(
    "SecretMissing",
    { path: secretArn.slice(secretArn.lastIndexOf(":") + 1), place: "AWS Secrets Manager" },
    options,
  );
