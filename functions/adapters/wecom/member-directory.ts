import type { WecomDirectory } from "../../../shared/contract/settings.ts";
import type { MemberDirectory } from "../../../shared/ports/member-directory.ts";
import type { SecretStore } from "../../../shared/ports/secret-store.ts";
import type { WecomClient } from "./client.ts";
import type { WecomAccess } from "./means.ts";
import { readMembers } from "./read-members.ts";

/** The company's members as WeCom knows them. */
export const wecomMemberDirectory = (client: WecomClient, secrets: SecretStore): MemberDirectory => ({
  readAll: async (directory) => readMembers(client, await accessOf(directory, secrets)),
});

/** The settings with their secret opened. @throws SecretMissing */
export const accessOf = async (
  { baseUrl, corpId, secret }: WecomDirectory,
  secrets: SecretStore,
): Promise<WecomAccess> => ({ baseUrl, corpId, secret: await secrets.read(secret) });
