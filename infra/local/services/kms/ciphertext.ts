import { ServiceError } from "../json-protocol.ts";
import { seal, unseal } from "../sealing.ts";
import type { Key, Keys } from "./keys.ts";

type EncryptionContext = Readonly<Record<string, string>>;

/** Version, length of the key id, key id, sealed bytes: Decrypt finds the key by the blob alone, as KMS does. */
export const encrypt = (key: Key, plaintext: Buffer, context: EncryptionContext): Buffer => {
  const keyId = Buffer.from(key.keyId, "utf8");
  const sealed = seal(Buffer.from(key.material, "base64"), plaintext, associated(context));
  return Buffer.concat([Buffer.from([VERSION, keyId.length]), keyId, sealed]);
};

/**
 * @throws ServiceError `InvalidCiphertextException` when the blob or the context is not what was encrypted (one answer for
 * both, as KMS gives), `IncorrectKeyException` when the caller names another key.
 */
export const decrypt = (
  keys: Keys,
  blob: Buffer,
  context: EncryptionContext,
  expectedKey: string | undefined,
): { readonly key: Key; readonly plaintext: Buffer } => {
  const length = blob[1] ?? 0;
  if (blob[0] !== VERSION || blob.length < 2 + length) throw invalid();
  const key = keys.find(blob.subarray(2, 2 + length).toString("utf8"));
  if (expectedKey !== undefined && keys.find(expectedKey).keyId !== key.keyId) {
    throw new ServiceError(
      "IncorrectKeyException",
      "The key ID in the request does not identify the key used",
    );
  }
  const sealed = blob.subarray(2 + length);
  const plaintext = unseal(Buffer.from(key.material, "base64"), sealed, associated(context));
  if (plaintext === undefined) throw invalid();
  return { key, plaintext };
};

const VERSION = 1;

/** The context is a set of pairs; their order on the wire means nothing. */
const associated = (context: EncryptionContext): Buffer =>
  Buffer.from(JSON.stringify(Object.entries(context).toSorted(([a], [b]) => (a < b ? -1 : 1))), "utf8");

const invalid = (): ServiceError =>
  new ServiceError("InvalidCiphertextException", "The ciphertext or its encryption context is not valid");
