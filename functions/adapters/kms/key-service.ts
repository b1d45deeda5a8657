import { DecryptCommand, GenerateDataKeyCommand, type KMSClient } from "@aws-sdk/client-kms";

/** What a data key is bound to; KMS refuses to open it under any other context, and writes it to its audit trail. */
export type EncryptionContext = Readonly<Record<string, string>>;

/** A fresh 256-bit key, in clear and encrypted under the migration's KMS key. */
export interface DataKey {
  readonly plain: Uint8Array;
  readonly sealed: Uint8Array;
}

/** The two things the vault wants of KMS. */
export interface KeyService {
  generate(context: EncryptionContext): Promise<DataKey>;
  open(sealed: Uint8Array, context: EncryptionContext): Promise<Uint8Array>;
}

/** KMS under one key. What KMS refuses is thrown as it is: denied is not "no password". */
export const kmsKeyService = (client: Pick<KMSClient, "send">, keyArn: string): KeyService => ({
  generate: async (context) => {
    const { Plaintext, CiphertextBlob } = await client.send(
      new GenerateDataKeyCommand({ KeyId: keyArn, KeySpec: "AES_256", EncryptionContext: { ...context } }),
    );
    if (Plaintext === undefined || CiphertextBlob === undefined)
      throw new Error("KMS answered GenerateDataKey without a key");
    return { plain: Plaintext, sealed: CiphertextBlob };
  },
  open: async (sealed, context) => {
    const { Plaintext } = await client.send(
      new DecryptCommand({ KeyId: keyArn, CiphertextBlob: sealed, EncryptionContext: { ...context } }),
    );
    if (Plaintext === undefined) throw new Error("KMS answered Decrypt without a key");
    return Plaintext;
  },
});
