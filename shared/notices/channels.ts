import type { Account } from "../contract/account.ts";
import type { Channel } from "../contract/notice.ts";
import type { HeldSettings, WecomDirectory } from "../contract/settings.ts";

/** How an account's member can be reached: by mail to the old address, by card where the account is one member's own. */
export const channelsOf = (settings: HeldSettings, { kind }: Pick<Account, "kind">): readonly Channel[] => [
  ...(settings.notices.from === undefined ? [] : (["mail"] as const)),
  ...(cardDirectoryOf(settings) !== null && kind === "member" ? (["card"] as const) : []),
];

/** The directory whose app sends cards, if there is one. */
export const cardDirectoryOf = ({ directory }: Pick<HeldSettings, "directory">): WecomDirectory | null =>
  directory.kind === "wecom" && directory.agentId !== undefined ? directory : null;
