import { Duration, Size } from "aws-cdk-lib";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { Construct } from "constructs";
import { DeadLetterQueue } from "./dead-letter-queue.ts";
import { deliverTo } from "./event-delivery.ts";
import type { Foundations } from "./foundations.ts";
import { MailferryFunction } from "./mailferry-function.ts";
import { grantAnswerTaskTokens } from "./task-tokens.ts";

/** Looks after what is due: interrupted fan-outs, delta passes, the DNS watch, the end of the drain. */
export class Tick extends Construct {
  constructor(
    scope: Construct,
    id: string,
    on: Pick<
      Foundations,
      | "alarms"
      | "bus"
      | "code"
      | "copyQueue"
      | "directories"
      | "noticesQueue"
      | "settings"
      | "table"
      | "uploads"
    >,
  ) {
    super(scope, id);
    const period = Duration.minutes(on.settings.tickMinutes);
    const tick = new MailferryFunction(this, on, {
      name: "tick",
      description: "Looks after everything that is due",
      environment: {
        TABLE_NAME: on.table.tableName,
        DIRECTORY_READER: on.directories.functionName,
        COPY_QUEUE_URL: on.copyQueue.queueUrl,
        NOTICES_QUEUE_URL: on.noticesQueue.queueUrl,
        UPLOADS_BUCKET: on.uploads.bucketName,
        EVENT_BUS_NAME: on.bus.eventBusName,
      },
      // Within its period even at one a minute, so that hardly ever two run side by side.
      timeout: Duration.seconds(55),
      // A directory of 100,000 members is held while they are given addresses.
      memory: Size.mebibytes(512),
    });
    on.table.grantUse(tick);
    on.uploads.grantReadDirectories(tick);
    on.directories.grantRead(tick);
    on.copyQueue.grantSendMessages(tick);
    on.noticesQueue.grantSendMessages(tick);
    on.bus.grantPutEventsTo(tick);
    grantAnswerTaskTokens(tick);

    new Rule(this, "Schedule", {
      description: "Time to look after what is due",
      schedule: Schedule.rate(period),
      targets: [
        deliverTo({
          to: tick,
          // The next tick is the retry: it finds in the table whatever this one left undone.
          retries: 0,
          maxAge: Duration.minutes(1),
          deadLetters: new DeadLetterQueue(this, "DeadLetters", {
            alarms: on.alarms,
            runbookEntry: "tick-dead-letters",
            says: "A tick failed; delta passes, DNS watch and completion stand still while ticks fail.",
          }),
        }),
      ],
    });
  }
}
