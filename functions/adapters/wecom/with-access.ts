import { isMailferryError } from "../../../shared/contract/errors.ts";
import type { WecomDirectory } from "../../../shared/contract/settings.ts";
import type { SecretStore } from "../../../shared/ports/secret-store.ts";
import type { WecomAccess } from "./means.ts";

/**
 * Lets `use` call WeCom with the settings' secret. One that was kept may have been mended since: WeCom refuses it for good only when
 * a newer one is refused too, or there is none. A refused call has done nothing, so all of `use` is done once more.
 * @throws SecretMissing, and what `use` throws
 */
export const withAccess = async <Result>(
  { baseUrl, corpId, secret: held }: WecomDirectory,
  secrets: SecretStore,
  use: (access: WecomAccess) => Promise<Result>,
): Promise<Result> => {
  const secret = await secrets.read(held);
  try {
    return await use({ baseUrl, corpId, secret });
  } catch (thrown) {
    if (!isMailferryError(thrown, "WecomSecretRefused")) throw thrown;
    const newer = await secrets.read(held, secret);
    if (newer === secret) throw thrown;
    return use({ baseUrl, corpId, secret: newer });
  }
};
