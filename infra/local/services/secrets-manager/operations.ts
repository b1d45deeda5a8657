import { z } from "zod";
import { type JsonOperations, operation, ServiceError } from "../json-protocol.ts";
import { page } from "../paging.ts";
import type { Secret, Secrets, SecretValue, Version } from "./secrets.ts";

interface OperationServices {
  readonly secrets: Secrets;
  /** Makes a secret with its first version, if there is a value: both or neither. */
  readonly create: (
    name: string,
    description: string,
    value?: SecretValue,
    token?: string,
  ) => { readonly ARN: string; readonly VersionId?: string };
  /** Makes a version current and gives its id; the same token with the same value again changes nothing. */
  readonly put: (arn: string, value: SecretValue, token?: string) => string;
}

/** The operations of Secrets Manager served here (https://docs.aws.amazon.com/secretsmanager/latest/apireference). */
export const secretsOperations = ({ secrets, create, put }: OperationServices): JsonOperations => {
  const find = (reference: string): Secret => {
    const secret = secrets.find(reference);
    if (secret === undefined) throw absent("Secrets Manager can't find the specified secret.");
    return secret;
  };
  return {
    CreateSecret: operation(
      z.strictObject({
        Name: z.string().regex(/^[A-Za-z0-9/_+=.@-]{1,512}$/),
        Description: z.string().default(""),
        ...valueParameters,
      }),
      ({ Name, Description, ...given }) => {
        const existing = secrets.find(Name);
        const repeated = secrets
          .versions(existing?.arn ?? "")
          .some(({ id }) => id === given.ClientRequestToken);
        if (existing !== undefined && !repeated) {
          throw new ServiceError("ResourceExistsException", `The secret ${Name} already exists.`);
        }
        const value = givenValue(given);
        const token = given.ClientRequestToken;
        if (existing === undefined) return { Name, ...create(Name, Description, value, token) };
        return {
          Name,
          ARN: existing.arn,
          ...(value === undefined ? {} : { VersionId: put(existing.arn, value, token) }),
        };
      },
    ),
    PutSecretValue: operation(
      z.strictObject({ SecretId: z.string(), ...valueParameters }),
      ({ SecretId, ...given }) => {
        const { arn, name } = find(SecretId);
        const value = givenValue(given);
        if (value === undefined) {
          throw new ServiceError("InvalidParameterException", "SecretString or SecretBinary is missing.");
        }
        const VersionId = put(arn, value, given.ClientRequestToken);
        return { ARN: arn, Name: name, VersionId, VersionStages: ["AWSCURRENT"] };
      },
    ),
    GetSecretValue: operation(
      z.strictObject({
        SecretId: z.string(),
        VersionId: z.string().optional(),
        VersionStage: z.string().optional(),
      }),
      ({ SecretId, VersionId, VersionStage }) => {
        const { arn, name } = find(SecretId);
        const stage = VersionStage ?? (VersionId === undefined ? "AWSCURRENT" : undefined);
        const version = secrets
          .versions(arn)
          .find(
            (one) =>
              (VersionId === undefined || one.id === VersionId) &&
              (stage === undefined || one.stage === stage),
          );
        if (version === undefined) throw absent("Secrets Manager can't find the specified secret value.");
        return { ARN: arn, Name: name, ...describedVersion(version) };
      },
    ),
    DescribeSecret: operation(z.strictObject({ SecretId: z.string() }), ({ SecretId }) => {
      const secret = find(SecretId);
      const versions = secrets.versions(secret.arn).map(({ id, stage }) => [id, [stage]]);
      return { ...described(secret), VersionIdsToStages: Object.fromEntries(versions) };
    }),
    DeleteSecret: operation(
      z.strictObject({
        SecretId: z.string(),
        ForceDeleteWithoutRecovery: z.literal(
          true,
          "only deletion without recovery is supported here: set it to true",
        ),
      }),
      ({ SecretId }) => {
        const { arn, name } = find(SecretId);
        secrets.remove(arn);
        return { ARN: arn, Name: name, DeletionDate: Date.now() / 1_000 };
      },
    ),
    ListSecrets: operation(
      z.strictObject({ MaxResults: z.int().min(1).max(100).default(100), NextToken: z.string().optional() }),
      ({ MaxResults, NextToken }) => {
        const found = page(secrets.list(), NextToken, MaxResults);
        return { SecretList: found.items.map(described), NextToken: found.nextToken };
      },
    ),
  };
};

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html: a value has at most 65,536 bytes. */
const valueParameters = {
  SecretString: z
    .string()
    .refine((text) => Buffer.byteLength(text) <= 65_536, "is longer than 65536 bytes")
    .optional(),
  SecretBinary: z.base64().max(87_384).optional(),
  ClientRequestToken: z.string().min(32).max(64).optional(),
};

const givenValue = (given: {
  readonly SecretString?: string | undefined;
  readonly SecretBinary?: string | undefined;
}): SecretValue | undefined => {
  const { SecretString, SecretBinary } = given;
  if (SecretString !== undefined && SecretBinary !== undefined) {
    throw new ServiceError("InvalidParameterException", "Give SecretString or SecretBinary, not both.");
  }
  if (SecretString !== undefined) return { text: SecretString };
  return SecretBinary === undefined ? undefined : { binary: SecretBinary };
};

const describedVersion = ({ id, stage, created_at, value }: Version) => ({
  VersionId: id,
  VersionStages: [stage],
  CreatedDate: created_at / 1_000,
  ...(value.text === undefined ? {} : { SecretString: value.text }),
  ...(value.binary === undefined ? {} : { SecretBinary: value.binary }),
});

const described = ({ arn, name, description, created_at, changed_at }: Secret) => ({
  ARN: arn,
  Name: name,
  Description: description,
  CreatedDate: created_at / 1_000,
  LastChangedDate: changed_at / 1_000,
});

const absent = (message: string): ServiceError => new ServiceError("ResourceNotFoundException", message);
