import type { CredentialVault } from "../../../shared/ports/credential-vault.ts";
import { type CredentialItems, kmsCredentialVault } from "./credential-vault.ts";
import type { KeyService } from "./key-service.ts";

/** The vault as functions see it that may destroy credentials but never read one: they have no key to open any with. */
export const destroyOnlyVault = (items: CredentialItems): Pick<CredentialVault, "destroy" | "destroyAll"> =>
  kmsCredentialVault(noKeys, items);

const refuse = async (): Promise<never> => {
  throw new Error("This function may destroy credentials, not keep or open them.");
};

const noKeys: KeyService = { generate: refuse, open: refuse };
