import type { MailAddress } from "../contract/ids.ts";

/** A mail to one person. The sender's name server of record vouches for `from`; everything is plain text but `html`. */
export interface OutgoingMail {
  readonly from: MailAddress;
  readonly to: MailAddress;
  /** Where answers go. @default to the sender */
  readonly replyTo?: MailAddress;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Come back with a bounce of it; names and values of letters, digits, `_` and `-`, up to 256 of them. */
  readonly tags: Readonly<Record<string, string>>;
}

/** What became of a mail. `sent` means accepted for delivery: a bounce may still come back for it. */
export type MailOutcome =
  | { readonly outcome: "sent" }
  /** This mail, or this address, is not taken: the words say why. */
  | { readonly outcome: "refused"; readonly words: string }
  /** Too many mails at this time, or today. */
  | { readonly outcome: "tryLater"; readonly words: string };

/** Sends mail. */
export interface MailSender {
  /**
   * Sends one mail. Sending it again sends a second one: there is no way to make it once.
   * @throws MailNotSent when no mail can be sent at all: the sender is not verified, sending is paused
   */
  send(mail: OutgoingMail): Promise<MailOutcome>;
}
