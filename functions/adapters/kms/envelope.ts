import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from "node:crypto";
import { z } from "zod";
import type { EncryptionContext } from "./key-service.ts";

/** A text encrypted with AES-256-GCM; everything base64. */
export const Envelope = z.strictObject({
  sealedKey: z.base64(),
  nonce: z.base64(),
  tag: z.base64(),
  ciphertext: z.base64(),
});
export type Envelope = z.infer<typeof Envelope>;

/**
 * Encrypts under a data key that is used for nothing else, so a random 96-bit nonce cannot repeat (NIST SP 800-38D §8.2.2).
 * The context is authenticated too: the text cannot be opened as somebody else's.
 */
export const seal = (
  text: string,
  key: { readonly plain: KeyObject; readonly sealed: Uint8Array },
  context: EncryptionContext,
): Envelope => {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key.plain, nonce);
  cipher.setAAD(contextBytes(context));
  const ciphertext = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return {
    sealedKey: Buffer.from(key.sealed).toString("base64"),
    nonce: nonce.toString("base64"),
    tag: cipher.getAuthTag().toString("base64"),
    ciphertext: ciphertext.toString("base64"),
  };
};

/** @throws Error when key, context or text are not those it was sealed with */
export const unseal = (envelope: Envelope, key: Uint8Array, context: EncryptionContext): string => {
  const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(envelope.nonce, "base64"), {
    authTagLength: 16,
  });
  decipher.setAAD(contextBytes(context));
  decipher.setAuthTag(Buffer.from(envelope.tag, "base64"));
  const text = Buffer.concat([decipher.update(Buffer.from(envelope.ciphertext, "base64")), decipher.final()]);
  return text.toString("utf8");
};

const contextBytes = (context: EncryptionContext): Buffer =>
  Buffer.from(JSON.stringify(Object.entries(context).sort(([one], [other]) => (one < other ? -1 : 1))));
