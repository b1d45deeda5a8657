import type { MemberDirectory } from "../../../shared/ports/member-directory.ts";
import type { SecretStore } from "../../../shared/ports/secret-store.ts";
import type { WecomClient } from "./client.ts";
import { readMembers } from "./read-members.ts";
import { withAccess } from "./with-access.ts";

/** The company's members as WeCom knows them. */
export const wecomMemberDirectory = (client: WecomClient, secrets: SecretStore): MemberDirectory => ({
  readAll: (directory) => withAccess(directory, secrets, (access) => readMembers(client, access)),
});
