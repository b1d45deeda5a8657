import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { Metering } from "../../metering.ts";
import { answerJson, type JsonOperations, operation } from "../json-protocol.ts";
import type { LocalService } from "../service.ts";
import { decrypt, encrypt } from "./ciphertext.ts";
import { type Keys, openKeys } from "./keys.ts";

export interface KmsOptions {
  /** The directory for this service's own state; the key material lies in it, mode 0600. */
  readonly dataDir: string;
  readonly region: string;
  readonly accountId: string;
  readonly metering: Metering;
}

/** KMS, symmetric encryption keys only. */
export interface Kms extends LocalService {
  /** Makes a key; made again after a restart it is the same key. */
  createKey(key: { readonly keyId: string; readonly arn: string }): void;
  /** @throws ServiceError `NotFoundException` when there is no such key. */
  createAlias(alias: { readonly aliasName: string; readonly targetKeyId: string }): void;
}

export const openKms = async ({ dataDir, accountId, metering }: KmsOptions): Promise<Kms> => {
  const keys = openKeys(dataDir);
  const operations = kmsOperations(keys, accountId);
  return {
    signingName: "kms",
    createKey: ({ keyId, arn }) => keys.create(keyId, arn, Date.now()),
    createAlias: ({ aliasName, targetKeyId }) => keys.alias(aliasName, targetKeyId),
    answer: (request) => {
      metering.count("kmsRequests");
      return answerJson(request, operations);
    },
    stop: async () => undefined,
  };
};

const context = z.record(z.string(), z.string()).default({});
const algorithm = z.literal("SYMMETRIC_DEFAULT").optional();
/** https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html: at most 4,096 bytes. */
const plaintext = z
  .base64()
  .transform(bytes)
  .refine(({ length }) => length >= 1 && length <= 4_096, {
    error: "must have 1 to 4096 bytes",
  });

const kmsOperations = (keys: Keys, accountId: string): JsonOperations => ({
  Encrypt: operation(
    z.strictObject({
      KeyId: z.string(),
      Plaintext: plaintext,
      EncryptionContext: context,
      EncryptionAlgorithm: algorithm,
    }),
    ({ KeyId, Plaintext, EncryptionContext }) => {
      const key = keys.find(KeyId);
      const CiphertextBlob = encrypt(key, Plaintext, EncryptionContext).toString("base64");
      return { CiphertextBlob, KeyId: key.arn, EncryptionAlgorithm: "SYMMETRIC_DEFAULT" };
    },
  ),
  Decrypt: operation(
    z.strictObject({
      CiphertextBlob: z.base64().transform(bytes),
      KeyId: z.string().optional(),
      EncryptionContext: context,
      EncryptionAlgorithm: algorithm,
    }),
    ({ CiphertextBlob, KeyId, EncryptionContext }) => {
      const { key, plaintext } = decrypt(keys, CiphertextBlob, EncryptionContext, KeyId);
      return {
        Plaintext: plaintext.toString("base64"),
        KeyId: key.arn,
        EncryptionAlgorithm: "SYMMETRIC_DEFAULT",
      };
    },
  ),
  GenerateDataKey: operation(
    z
      .strictObject({
        KeyId: z.string(),
        KeySpec: z.enum(["AES_256", "AES_128"]).optional(),
        NumberOfBytes: z.int().min(1).max(1_024).optional(),
        EncryptionContext: context,
      })
      .refine((asked) => (asked.KeySpec === undefined) !== (asked.NumberOfBytes === undefined), {
        error: "give either KeySpec or NumberOfBytes",
      }),
    ({ KeyId, KeySpec, NumberOfBytes, EncryptionContext }) => {
      const key = keys.find(KeyId);
      const dataKey = randomBytes(NumberOfBytes ?? (KeySpec === "AES_128" ? 16 : 32));
      return {
        Plaintext: dataKey.toString("base64"),
        CiphertextBlob: encrypt(key, dataKey, EncryptionContext).toString("base64"),
        KeyId: key.arn,
      };
    },
  ),
  DescribeKey: operation(z.strictObject({ KeyId: z.string() }), ({ KeyId }) => {
    const key = keys.find(KeyId);
    return {
      KeyMetadata: {
        ...metadata,
        AWSAccountId: accountId,
        KeyId: key.keyId,
        Arn: key.arn,
        CreationDate: key.createdAt / 1_000,
      },
    };
  }),
});

const metadata = {
  Enabled: true,
  KeyState: "Enabled",
  KeyUsage: "ENCRYPT_DECRYPT",
  KeySpec: "SYMMETRIC_DEFAULT",
  EncryptionAlgorithms: ["SYMMETRIC_DEFAULT"],
  KeyManager: "CUSTOMER",
  Origin: "AWS_KMS",
  MultiRegion: false,
};

function bytes(base64: string): Buffer {
  return Buffer.from(base64, "base64");
}
