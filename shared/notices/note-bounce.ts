import { noticeTags, type OutgoingMailEvent } from "../../events/outgoing-mail-event.ts";
import { MailAddress } from "../contract/ids.ts";
import type { Delivery } from "../contract/notice.ts";
import { amendAccount } from "../copy/amend-account.ts";
import type { AccountStore } from "../ports/account-store.ts";
import { onOneLine } from "./templates/facts.ts";

export interface NoteBouncePorts {
  readonly accounts: Pick<AccountStore, "get" | "replace">;
}

/**
 * Notes on an account that its last mail came back for good, or was reported as spam. `passing` for what may still arrive, and `stale` for
 * what belongs to an account that is gone or to an earlier notice; told twice it is noted once.
 */
export const noteBounce = async (
  app: NoteBouncePorts,
  event: OutgoingMailEvent,
): Promise<"noted" | "passing" | "stale"> => {
  const failure = failureOf(event);
  if (failure === null) return "passing";
  const { destination, tags } = event.detail.mail;
  const address = MailAddress.safeParse(destination[0]?.toLowerCase());
  if (!address.success) return "stale";
  const [migrationId] = tags[noticeTags.migration];
  const [number] = tags[noticeTags.number];
  const account = await amendAccount(app, { migrationId, address: address.data }, (stored) =>
    stored.notice?.number !== number || stored.notice.mail?.outcome === "undeliverable"
      ? null
      : { ...stored, notice: { ...stored.notice, mail: failure } },
  );
  return account?.notice?.number === number ? "noted" : "stale";
};

const failureOf = (event: OutgoingMailEvent): Delivery | null => {
  switch (event["detail-type"]) {
    case "Email Bounced": {
      const { bounceType, bounceSubType, bouncedRecipients, timestamp } = event.detail.bounce;
      if (bounceType !== "Permanent") return null;
      const [recipient] = bouncedRecipients ?? [];
      const words = onOneLine(recipient?.diagnosticCode ?? recipient?.status ?? bounceSubType);
      return { outcome: "undeliverable", at: timestamp, reason: "bounced", words: words.slice(0, 500) };
    }
    case "Email Complaint Received": {
      const { complaintFeedbackType, timestamp } = event.detail.complaint;
      const words = onOneLine(complaintFeedbackType ?? "").slice(0, 500);
      return { outcome: "undeliverable", at: timestamp, reason: "complained", words };
    }
  }
};
