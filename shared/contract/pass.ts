import { z } from "zod";
import { MailAddress, PassNumber, Timestamp } from "./ids.ts";

/** `initial` copies everything, `delta` what came since, `final` is a delta after the MX change. */
export const PassKind = z.enum(["initial", "delta", "final"]);
export type PassKind = z.infer<typeof PassKind>;

/** How far a search for mailboxes whose work was lost has come. */
export const LostWorkSearch = z.strictObject({
  since: Timestamp,
  /** For so many seconds nothing may be heard of a mailbox. */
  silence: z.number().int().min(1),
  /** Where it goes on: in this shard, behind this address. Absent when it is through. */
  next: z.strictObject({ shard: z.number().int().min(0), after: MailAddress.nullable() }).optional(),
});
export type LostWorkSearch = z.infer<typeof LostWorkSearch>;

/**
 * One round over all accounts of a migration. `fannedOut` turns true only when every account's plan message is on the
 * queue: until then "no account is open" proves nothing.
 */
export const Pass = z.strictObject({
  number: PassNumber,
  kind: PassKind,
  requestedAt: Timestamp,
  fannedOut: z.boolean(),
  /** How many accounts there were when it was last fanned out; absent before, and once others have joined it. */
  accounts: z.number().int().min(0).optional(),
  /** How often it was opened again for accounts that came late: what was proven of it before does not hold any more. */
  reopened: z.number().int().min(1).optional(),
  /** When present, only these accounts take part, besides accounts that have never been in a pass. */
  only: z.array(MailAddress).min(1).max(1_000).optional(),
  /** When present, only accounts with refused messages take part, and of those messages only the refused ones are tried. */
  refusedOnly: z.literal(true).optional(),
  /** The last search for mailboxes whose work was lost; absent before the first, and once the pass has settled. */
  search: LostWorkSearch.optional(),
  /** When the last account ended it; absent while it runs. */
  settledAt: Timestamp.optional(),
  /** Messages the accounts wrote to the target in it, summed when it settled: zero everywhere means a silent source. */
  copied: z.number().int().min(0).optional(),
});
export type Pass = z.infer<typeof Pass>;
