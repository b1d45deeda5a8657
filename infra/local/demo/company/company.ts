import type { SeedFolder } from "../seeding/seed-mailbox.ts";
import { folderMessages } from "./folder-messages.ts";
import { folderPlanOf } from "./folders.ts";
import {
  companyDomain,
  companyName,
  type DemoMember,
  type DemoPublicMailbox,
  members,
  type Person,
  publicMailboxes,
} from "./people.ts";

/** An invented company as it stands before its move; a pure description, the same at every call. */
export interface DemoCompany {
  readonly domain: string;
  readonly name: string;
  readonly members: readonly DemoMember[];
  readonly publicMailboxes: readonly DemoPublicMailbox[];
  /** What the old server holds: the members' own mailboxes, then the public ones. */
  readonly mailboxes: readonly DemoMailbox[];
}

export interface DemoMailbox {
  readonly address: string;
  readonly password: string;
  /** Messages are invented while they are iterated, each time alike; nothing is held in memory. */
  readonly folders: readonly SeedFolder[];
}

/** About two thousand messages: busy and quiet mailboxes in turn. */
const sizes = [260, 90, 200, 120, 150, 110, 230, 60, 180, 140, 100, 160, 150, 50];

export function demoCompany(): DemoCompany {
  return {
    domain: companyDomain,
    name: companyName,
    members,
    publicMailboxes,
    mailboxes: [...members, ...publicMailboxes].map(mailboxOf),
  };
}

function mailboxOf(owner: Person & { readonly password: string }, index: number): DemoMailbox {
  const size = sizes[index % sizes.length] ?? 0;
  const folders = folderPlanOf(index).map((plan) => ({
    path: plan.path,
    messages: folderMessages(owner, plan, Math.round(size * plan.share)),
  }));
  return { address: owner.address, password: owner.password, folders };
}
