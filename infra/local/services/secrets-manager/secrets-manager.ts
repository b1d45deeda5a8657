import { randomBytes, randomUUID } from "node:crypto";
import type { Metering } from "../../metering.ts";
import { answerJson, ServiceError } from "../json-protocol.ts";
import type { LocalService } from "../service.ts";
import { secretsOperations } from "./operations.ts";
import { openSecrets, type SecretValue } from "./secrets.ts";

export interface SecretsManagerOptions {
  /** The directory for this service's own state; the key that seals the values lies in it, mode 0600. */
  readonly dataDir: string;
  readonly region: string;
  readonly accountId: string;
  readonly metering: Metering;
}

export interface SecretsManager extends LocalService {
  /**
   * Makes a secret, or finds the one of that name as it stands: a restart never overwrites a value.
   * Gives its ARN, which ends in six random characters as on AWS.
   */
  createSecret(secret: {
    readonly name: string;
    readonly description?: string;
    /** @default no version at all, so that GetSecretValue finds nothing. */
    readonly secretString?: string;
  }): string;
}

export const openSecretsManager = async (options: SecretsManagerOptions): Promise<SecretsManager> => {
  const { dataDir, region, accountId, metering } = options;
  const secrets = openSecrets(dataDir);
  const create = (name: string, description: string, value?: SecretValue, token: string = randomUUID()) => {
    const suffix = randomBytes(6).toString("hex").slice(0, 6);
    const ARN = `arn:aws:secretsmanager:${region}:${accountId}:secret:${name}-${suffix}`;
    const now = Date.now();
    secrets.add({ arn: ARN, name, description, created_at: now, changed_at: now }, token, value);
    return value === undefined ? { ARN } : { ARN, VersionId: token };
  };
  const put = (arn: string, value: SecretValue, token: string = randomUUID()): string => {
    const same = secrets.versions(arn).find(({ id }) => id === token);
    if (same === undefined) {
      secrets.put(arn, token, value, Date.now());
    } else if (same.value.text !== value.text || same.value.binary !== value.binary) {
      throw new ServiceError("ResourceExistsException", `Version ${token} exists with another value`);
    }
    return token;
  };
  const operations = secretsOperations({ secrets, create, put });
  return {
    signingName: "secretsmanager",
    createSecret: ({ name, description = "", secretString }) => {
      const existing = secrets.find(name);
      const value = secretString === undefined ? undefined : { text: secretString };
      return existing === undefined ? create(name, description, value).ARN : existing.arn;
    },
    answer: (request) => {
      metering.count("secretsRequests");
      return answerJson(request, operations);
    },
    stop: async () => secrets.close(),
  };
};
