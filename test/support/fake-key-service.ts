import { randomBytes } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { EncryptionContext, KeyService } from "../../functions/adapters/kms/key-service.ts";

/** KMS in memory: a sealed key is a name for the plain one, opened only under the context it was made for. */
export class FakeKeyService implements KeyService {
  readonly #keys = new Map<string, { readonly plain: Uint8Array; readonly context: EncryptionContext }>();
  /** Every plain key it has handed out, to see whether callers wipe them. */
  readonly handedOut: Uint8Array[] = [];

  async generate(context: EncryptionContext): Promise<{ plain: Uint8Array; sealed: Uint8Array }> {
    const sealed = randomBytes(16);
    const plain = randomBytes(32);
    this.#keys.set(sealed.toString("hex"), { plain, context });
    return { plain: this.#handOut(plain), sealed };
  }

  async open(sealed: Uint8Array, context: EncryptionContext): Promise<Uint8Array> {
    const key = this.#keys.get(Buffer.from(sealed).toString("hex"));
    if (key === undefined || !isDeepStrictEqual(key.context, context))
      throw new Error("InvalidCiphertextException");
    return this.#handOut(key.plain);
  }

  #handOut(plain: Uint8Array): Uint8Array {
    const copy = Uint8Array.from(plain);
    this.handedOut.push(copy);
    return copy;
  }
}
