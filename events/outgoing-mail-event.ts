import { z } from "zod";
import { MigrationId, Timestamp } from "../shared/contract/ids.ts";

/** The tags that a notice's mail carries, and SES hands back with whatever becomes of it. */
export const noticeTags = { migration: "mailferry-migration", number: "mailferry-notice" } as const;

/** A migration's id as a tag's value: SES takes letters, digits, `_` and `-` only, and an id has no `_` of its own. */
export const migrationTag = (id: MigrationId): string => id.replaceAll(".", "_");

const recipients = z
  .array(
    z.object({
      emailAddress: z.string(),
      status: z.string().optional(),
      diagnosticCode: z.string().optional(),
    }),
  )
  .optional();

const mail = z.object({
  destination: z.array(z.string()).min(1),
  tags: z.object({
    [noticeTags.migration]: z.tuple([
      z
        .string()
        .transform((tag) => tag.replaceAll("_", "."))
        .pipe(MigrationId),
    ]),
    [noticeTags.number]: z.tuple([z.coerce.number().int().min(1)]),
  }),
});

/**
 * What SES tells of a mail through EventBridge: it came back, or its reader reported it as spam (SES developer guide, "Monitoring
 * SES events using Amazon EventBridge" and "Contents of event data"). Delivery is best effort and may come more than once.
 */
export const OutgoingMailEvent = z.discriminatedUnion("detail-type", [
  z.object({
    source: z.literal("aws.ses"),
    "detail-type": z.literal("Email Bounced"),
    time: z.string(),
    detail: z.object({
      eventType: z.literal("Bounce"),
      /** `Transient`: a mailbox that is full just now, a server that asks to wait; only `Permanent` says that there is no such mailbox. */
      bounce: z.object({
        bounceType: z.enum(["Permanent", "Transient", "Undetermined"]),
        bounceSubType: z.string(),
        bouncedRecipients: recipients,
        timestamp: Timestamp,
      }),
      mail,
    }),
  }),
  z.object({
    source: z.literal("aws.ses"),
    "detail-type": z.literal("Email Complaint Received"),
    time: z.string(),
    detail: z.object({
      eventType: z.literal("Complaint"),
      complaint: z.object({ complaintFeedbackType: z.string().nullish(), timestamp: Timestamp }),
      mail,
    }),
  }),
]);
export type OutgoingMailEvent = z.infer<typeof OutgoingMailEvent>;
