import { createSecretKey, randomUUID } from "node:crypto";
import { z } from "zod";
import { forEachBounded } from "../../../shared/accounts/for-each-bounded.ts";
import { MailAddress, MigrationId } from "../../../shared/contract/ids.ts";
import { accountShards, keys } from "../../../shared/contract/table.ts";
import type { CredentialKey, CredentialVault } from "../../../shared/ports/credential-vault.ts";
import type { StateTable } from "../dynamodb/state-table.ts";
import { Envelope, seal, unseal } from "./envelope.ts";
import type { DataKey, EncryptionContext, KeyService } from "./key-service.ts";

/** What the vault stores: whose it is and the envelope, never the password. */
export const StoredCredential = z.strictObject({
  migrationId: MigrationId,
  address: MailAddress,
  side: z.enum(["source", "target"]),
  /** Which data key it was sealed with, when others share that; absent when the key is its own. */
  batch: z.uuid().optional(),
  envelope: Envelope,
});
export type StoredCredential = z.infer<typeof StoredCredential>;

/** The part of the state table that the vault uses. */
export type CredentialItems = Pick<StateTable, "get" | "put" | "putAll" | "page" | "remove">;

/** Items removed at once when everything is destroyed. */
const removedAtOnce = 25;

/**
 * How many passwords of one import share a data key: 100,000 rows with passwords for both ends then cost 800 calls of KMS instead of
 * 200,000, which would be 40 s of all that a region's account may ask (5,500 a second in most).
 */
const sealedTogether = 250;

/**
 * Passwords in the state table, encrypted under data keys of KMS (envelope encryption). Each is sealed to its own mailbox and side,
 * as authenticated data, also where it shares its data key with others of its import.
 */
export const kmsCredentialVault = (keyService: KeyService, items: CredentialItems): CredentialVault => ({
  keep: async (key, password) => {
    const context = contextOf(key);
    const dataKey = await keyService.generate(context);
    try {
      const envelope = seal(password, keptOutside(dataKey), context);
      const { key: place, record } = itemOf({ ...context, envelope });
      await items.put(place, record);
    } finally {
      dataKey.plain.fill(0);
    }
  },

  keepAll: async (id, passwords) => {
    for (let start = 0; start < passwords.length; start += sealedTogether) {
      const batch = randomUUID();
      const dataKey = await keyService.generate(batchContext(id, batch));
      try {
        const together = passwords.slice(start, start + sealedTogether);
        const key = keptOutside(dataKey);
        const sealed = together.map(({ address, side, password }) => {
          const context = contextOf({ migrationId: id, address, side });
          return itemOf({ ...context, batch, envelope: seal(password, key, context) });
        });
        await items.putAll(sealed);
      } finally {
        dataKey.plain.fill(0);
      }
    }
  },

  open: async (key) => {
    const credential = await read(items, key);
    if (credential === null) return null;
    const context = contextOf(key);
    const { batch, envelope } = credential;
    const keyContext = batch === undefined ? context : batchContext(key.migrationId, batch);
    const dataKey = await keyService.open(Buffer.from(envelope.sealedKey, "base64"), keyContext);
    try {
      return unseal(envelope, dataKey, context);
    } finally {
      dataKey.fill(0);
    }
  },

  isHeld: async (key) => (await read(items, key)) !== null,

  destroy: async ({ migrationId, address, side }) => {
    await items.remove(keys.credential(migrationId, address, side));
  },

  destroyUnless: (id, belongs) => destroyUnless(items, id, belongs),

  destroyAll: (id) => destroyUnless(items, id, () => false),
});

/** The key in memory of the cipher's own, which wipes it; made once, because making it takes longer than sealing a password. */
const keptOutside = ({ plain, sealed }: DataKey) => ({ plain: createSecretKey(plain), sealed });

const read = (items: CredentialItems, { migrationId, address, side }: CredentialKey) =>
  items.get(keys.credential(migrationId, address, side), StoredCredential);

const itemOf = (credential: StoredCredential) => ({
  key: keys.credential(credential.migrationId, credential.address, credential.side),
  record: credential,
});

const contextOf = ({ migrationId, address, side }: CredentialKey) =>
  ({ migrationId, address, side }) satisfies EncryptionContext;

/** The batch is in it so that KMS' audit trail tells the keys of a migration apart. */
const batchContext = (migrationId: MigrationId, batch: string): EncryptionContext => ({ migrationId, batch });

/** Whose a credential is; nothing more is read to destroy it. */
const CredentialPlace = StoredCredential.pick({ address: true, side: true }).strip();

/** Page after page behind the last one, so that it ends even while somebody keeps new ones. */
const destroyUnless = async (
  items: CredentialItems,
  id: MigrationId,
  belongs: (address: MailAddress) => boolean,
): Promise<void> => {
  const ofShard = async (shard: number): Promise<void> => {
    let after: string | null = null;
    do {
      const range = { ...keys.credentials(id, shard), ...(after === null ? {} : { after }) };
      const page: Awaited<ReturnType<typeof items.page<typeof CredentialPlace>>> = await items.page(
        range,
        CredentialPlace,
        500,
      );
      const others = page.records.filter(({ address }) => !belongs(address));
      await forEachBounded(others, removedAtOnce, ({ address, side }) =>
        items.remove(keys.credential(id, address, side)),
      );
      after = page.next;
    } while (after !== null);
  };
  await Promise.all(Array.from({ length: accountShards }, (_unused, shard) => ofShard(shard)));
};
