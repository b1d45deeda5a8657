import type { MailAddress } from "../../../shared/contract/ids.ts";
import { keys } from "../../../shared/contract/table.ts";
import type { HeldPasswords } from "../../../shared/ports/held-passwords.ts";
import { type CredentialItems, StoredCredential } from "./credential-vault.ts";

/** Reads the vault's items and forgets their envelopes: for whoever has no key to open one with. */
export const heldPasswordsIn = (items: Pick<CredentialItems, "page">): HeldPasswords => ({
  ofShard: async (id, shard) => {
    const held = new Set<MailAddress>();
    let after: string | null = null;
    do {
      const range = { ...keys.credentials(id, shard), ...(after === null ? {} : { after }) };
      const page: Awaited<ReturnType<typeof items.page<typeof StoredCredential>>> = await items.page(
        range,
        StoredCredential,
        500,
      );
      for (const { address, side } of page.records) if (side === "source") held.add(address);
      after = page.next;
    } while (after !== null);
    return held;
  },
});
