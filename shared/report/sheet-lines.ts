import { shardPages, shards } from "../accounts/all-accounts.ts";
import { forEachBounded } from "../accounts/for-each-bounded.ts";
import type { Account } from "../contract/account.ts";
import type { MailAddress, MigrationId } from "../contract/ids.ts";
import { plannedWork } from "../cost/planned-work.ts";
import type { AccountStore } from "../ports/account-store.ts";
import type { Clock } from "../ports/clock.ts";
import type { MemberLinkStore } from "../ports/member-link-store.ts";
import { hasLinkInHand, type LinkSeen } from "./link-sentence.ts";
import { reportLine, whyNotCompleted } from "./report-line.ts";
import type { SheetLine } from "./sheets.ts";

export interface SheetLinesPorts {
  readonly clock: Clock;
  readonly accounts: Pick<AccountStore, "page">;
  readonly memberLinks: Pick<MemberLinkStore, "access">;
}

/** Every account as a line, ascending by address. They are held, because the totals come before them. */
export const sheetLines = async (app: SheetLinesPorts, id: MigrationId): Promise<readonly SheetLine[]> => {
  const lines: SheetLine[] = [];
  await Promise.all(
    shards.map(async (shard) => {
      for await (const page of shardPages(app.accounts, id, shard)) {
        const links = await linksInHand(app, page);
        for (const account of page) lines.push(sheetLine(account, links.get(account.address) ?? null));
      }
    }),
  );
  return lines.sort((one, other) => (one.address < other.address ? -1 : 1));
};

const sheetLine = (account: Account, link: LinkSeen | null): SheetLine => ({
  ...reportLine(account, link),
  reasonInChinese: whyNotCompleted(account, "zhCN", link),
  completedPass: account.state.status === "completed" ? account.state.pass : null,
  hasBegun: account.state.pass !== undefined,
  work: plannedWork(account),
});

/** Links read together, of each shard. */
const atOnce = 3;

/** Of the accounts that stand still because their member was asked, and of no others. */
const linksInHand = async (
  { memberLinks, clock }: Pick<SheetLinesPorts, "memberLinks" | "clock">,
  accounts: readonly Account[],
): Promise<ReadonlyMap<MailAddress, LinkSeen>> => {
  const links = new Map<MailAddress, LinkSeen>();
  await forEachBounded(accounts.filter(hasLinkInHand), atOnce, async (account) => {
    links.set(account.address, { access: await memberLinks.access(account), now: clock.now() });
  });
  return links;
};
