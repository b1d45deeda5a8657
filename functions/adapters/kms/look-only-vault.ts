import type { CredentialVault } from "../../../shared/ports/credential-vault.ts";
import { type CredentialItems, kmsCredentialVault } from "./credential-vault.ts";
import type { KeyService } from "./key-service.ts";

/** The vault as functions see it that may know whether a credential is held, but have no key to open or keep one with. */
export const lookOnlyVault = (items: CredentialItems): Pick<CredentialVault, "isHeld"> =>
  kmsCredentialVault(noKeys, items);

const refuse = async (): Promise<never> => {
  throw new Error("This function may look whether credentials are held, not keep or open them.");
};

const noKeys: KeyService = { generate: refuse, open: refuse };
