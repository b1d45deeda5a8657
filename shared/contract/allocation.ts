import { z } from "zod";
import { MailAddress, MemberId, MigrationId, Timestamp } from "./ids.ts";

/** How an address was come by: it stands in the directory, it was made from the member's name, or from the account name. */
export const AddressOrigin = z.enum(["directory", "name", "memberId"]);
export type AddressOrigin = z.infer<typeof AddressOrigin>;

/** An address for a member who has no mailbox among the accounts. */
export const Allocation = z.strictObject({
  migrationId: MigrationId,
  memberId: MemberId,
  name: z.string().max(256),
  address: MailAddress,
  origin: AddressOrigin,
  state: z.discriminatedUnion("status", [
    /** Kept free for the member until the switch is verified; an import may still need it otherwise. */
    z.strictObject({ status: z.literal("planned"), since: Timestamp }),
    /** Given for good. */
    z.strictObject({ status: z.literal("confirmed"), since: Timestamp }),
  ]),
});
export type Allocation = z.infer<typeof Allocation>;

/** Whose an allocated address is, so that two members are never given the same one, whoever allocates at the same time. */
export const AddressClaim = z.strictObject({ address: MailAddress, memberId: MemberId });
export type AddressClaim = z.infer<typeof AddressClaim>;

/** When everybody who was there had been seen to last. */
export const AllocationRound = z.strictObject({ endedAt: Timestamp });
export type AllocationRound = z.infer<typeof AllocationRound>;

/** One member's address as it is shown: `proposed` is kept nowhere yet. */
export const AllocationLine = z.strictObject({
  memberId: MemberId,
  name: z.string(),
  address: MailAddress,
  origin: AddressOrigin,
  status: z.enum(["proposed", "planned", "confirmed"]),
});
export type AllocationLine = z.infer<typeof AllocationLine>;

/** The longest page of a preview. */
export const allocationPageAtMost = 500;

/** What a look at the members showed. */
export const AllocationSeen = z.strictObject({
  /** All members of the directory. */
  members: z.number().int().min(0),
  /** Those without an account. */
  left: z.number().int().min(0),
  /** Of a preview: a page of addresses, ascending by account name. */
  page: z.array(AllocationLine).max(allocationPageAtMost).optional(),
  /** The account name behind which the next page begins; absent on the last. */
  next: MemberId.optional(),
});
export type AllocationSeen = z.infer<typeof AllocationSeen>;
