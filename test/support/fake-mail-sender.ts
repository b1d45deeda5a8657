import type { MailAddress } from "../../shared/contract/ids.ts";
import type { MailOutcome, MailSender, OutgoingMail } from "../../shared/ports/mail-sender.ts";

/** Mails in a list. What is answered to an address can be told beforehand; only a mail that was `sent` is in the list. */
export class FakeMailSender implements MailSender {
  readonly sent: OutgoingMail[] = [];
  readonly #answers = new Map<MailAddress, MailOutcome | Error>();

  /** From now on this is the answer to mails to the address; null lets them be sent again. */
  answer(address: MailAddress, answer: MailOutcome | Error | null): void {
    if (answer === null) this.#answers.delete(address);
    else this.#answers.set(address, answer);
  }

  async send(mail: OutgoingMail): Promise<MailOutcome> {
    const answer = this.#answers.get(mail.to) ?? { outcome: "sent" };
    if (answer instanceof Error) throw answer;
    if (answer.outcome === "sent") this.sent.push(mail);
    return answer;
  }
}
