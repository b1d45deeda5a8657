import { z } from "zod";
import { forEachBounded } from "../../../shared/accounts/for-each-bounded.ts";
import { MailAddress, MigrationId } from "../../../shared/contract/ids.ts";
import { accountShards, keys } from "../../../shared/contract/table.ts";
import type { CredentialKey, CredentialVault } from "../../../shared/ports/credential-vault.ts";
import type { StateTable } from "../dynamodb/state-table.ts";
import { Envelope, seal, unseal } from "./envelope.ts";
import type { EncryptionContext, KeyService } from "./key-service.ts";

/** What the vault stores: whose it is and the envelope, never the password. */
export const StoredCredential = z.strictObject({
  migrationId: MigrationId,
  address: MailAddress,
  side: z.enum(["source", "target"]),
  envelope: Envelope,
});
export type StoredCredential = z.infer<typeof StoredCredential>;

/** The part of the state table that the vault uses. */
export type CredentialItems = Pick<StateTable, "get" | "put" | "page" | "remove">;

/** Items removed at once when everything is destroyed. */
const removedAtOnce = 25;

/** Passwords in the state table, each encrypted under a data key of its own (envelope encryption). */
export const kmsCredentialVault = (keyService: KeyService, items: CredentialItems): CredentialVault => ({
  keep: async (key, password) => {
    const context = contextOf(key);
    const dataKey = await keyService.generate(context);
    try {
      const { migrationId, address, side } = key;
      const credential: StoredCredential = {
        migrationId,
        address,
        side,
        envelope: seal(password, dataKey, context),
      };
      await items.put(keys.credential(migrationId, address, side), credential);
    } finally {
      dataKey.plain.fill(0);
    }
  },

  open: async (key) => {
    const credential = await read(items, key);
    if (credential === null) return null;
    const context = contextOf(key);
    const dataKey = await keyService.open(Buffer.from(credential.envelope.sealedKey, "base64"), context);
    try {
      return unseal(credential.envelope, dataKey, context);
    } finally {
      dataKey.fill(0);
    }
  },

  isHeld: async (key) => (await read(items, key)) !== null,

  destroyAll: async (id) => {
    for (let shard = 0; shard < accountShards; shard += 1) await destroyShard(items, id, shard);
  },
});

const read = (items: CredentialItems, { migrationId, address, side }: CredentialKey) =>
  items.get(keys.credential(migrationId, address, side), StoredCredential);

const contextOf = ({ migrationId, address, side }: CredentialKey): EncryptionContext => ({
  migrationId,
  address,
  side,
});

/** Page after page behind the last one, so that it ends even while somebody keeps new ones. */
const destroyShard = async (items: CredentialItems, id: MigrationId, shard: number): Promise<void> => {
  let after: string | null = null;
  do {
    const range = { ...keys.credentials(id, shard), ...(after === null ? {} : { after }) };
    const page: Awaited<ReturnType<typeof items.page<typeof StoredCredential>>> = await items.page(
      range,
      StoredCredential,
      500,
    );
    await forEachBounded(page.records, removedAtOnce, ({ migrationId, address, side }) =>
      items.remove(keys.credential(migrationId, address, side)),
    );
    after = page.next;
  } while (after !== null);
};
