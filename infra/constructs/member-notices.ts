import { Duration, Size } from "aws-cdk-lib";
import { Match, Rule } from "aws-cdk-lib/aws-events";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { Construct } from "constructs";
import { noticeTags } from "../../events/outgoing-mail-event.ts";
import { noticesQueue } from "../../shared/contract/queue.ts";
import { DeadLetterQueue } from "./dead-letter-queue.ts";
import { deliverTo } from "./event-delivery.ts";
import { giveFixedAddress } from "./fixed-address.ts";
import type { Foundations } from "./foundations.ts";
import { MailferryFunction } from "./mailferry-function.ts";
import type { MemberPage } from "./member-page.ts";
import { OutgoingMail } from "./outgoing-mail.ts";
import { grantReadSecrets } from "./settings-secrets.ts";

type On = Pick<Foundations, "alarms" | "code" | "noticesQueue" | "settings" | "table">;

interface MemberNoticesProps {
  readonly memberPage: MemberPage;
}

/** Phase 3, where members are asked for their passwords: writes to them, and hears what comes back. */
export class MemberNotices extends Construct {
  constructor(scope: Construct, id: string, on: On, { memberPage }: MemberNoticesProps) {
    super(scope, id);
    const outgoingMail = new OutgoingMail(this, "OutgoingMail", on.settings);
    this.#placeSender(on, outgoingMail, memberPage);
    this.#placeListener(on);
  }

  #placeSender(on: On, outgoingMail: OutgoingMail, memberPage: MemberPage): void {
    const sender = new MailferryFunction(this, on, {
      name: "send-notice",
      description: "Asks one member for the password of the old mailbox, by mail and by WeCom card",
      environment: {
        TABLE_NAME: on.table.tableName,
        NOTICES_QUEUE_URL: on.noticesQueue.queueUrl,
        MEMBER_PAGE_URL: memberPage.url,
        CONFIGURATION_SET: outgoingMail.configurationSetName,
      },
      timeout: Duration.seconds(noticesQueue.senderTimeoutSeconds),
      memory: Size.mebibytes(256),
    });
    // Brings the right to receive, to delete and to change visibility with it.
    sender.addEventSource(
      new SqsEventSource(on.noticesQueue, {
        batchSize: noticesQueue.batchSize,
        reportBatchItemFailures: true,
        maxConcurrency: noticesQueue.senders,
      }),
    );
    giveFixedAddress(sender, on.settings);
    on.table.grantUse(sender);
    outgoingMail.grantSend(sender);
    grantReadSecrets(sender);
  }

  #placeListener(on: On): void {
    const listener = new MailferryFunction(this, on, {
      name: "note-bounce",
      description: "Notes on an account that a mail to its member came back",
      environment: { TABLE_NAME: on.table.tableName },
      timeout: Duration.minutes(1),
      memory: Size.mebibytes(256),
    });
    on.table.grantUse(listener);
    new Rule(this, "MailReturned", {
      description: "A notice bounced or was reported as spam (SES)",
      eventPattern: {
        source: ["aws.ses"],
        detailType: ["Email Bounced", "Email Complaint Received"],
        // The default bus carries the events of everybody's mail.
        detail: { mail: { tags: { [noticeTags.migration]: Match.exists() } } },
      },
      targets: [
        deliverTo({
          to: listener,
          retries: 2,
          maxAge: Duration.hours(1),
          deadLetters: new DeadLetterQueue(this, "DeadLetters", {
            alarms: on.alarms,
            runbookEntry: "bounce-dead-letters",
            says: "That a notice came back could not be noted; its account looks as if the member had been reached.",
          }),
        }),
      ],
    });
  }
}
