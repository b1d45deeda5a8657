import { Duration, Size } from "aws-cdk-lib";
import { Grant } from "aws-cdk-lib/aws-iam";
import { SqsDestination } from "aws-cdk-lib/aws-lambda-destinations";
import { Construct } from "constructs";
import type { FunctionName } from "../../shared/contract/environment.ts";
import { DeadLetterQueue } from "./dead-letter-queue.ts";
import { giveFixedAddress } from "./fixed-address.ts";
import type { Foundations } from "./foundations.ts";
import { MailferryFunction } from "./mailferry-function.ts";
import { grantReadSecrets } from "./settings-secrets.ts";

/**
 * Reads WeCom's members into the snapshot that everybody else works with. It alone calls WeCom for it, because WeCom answers
 * trusted addresses only (企业可信IP): whoever gives functions a fixed address need give it to few.
 */
export class DirectoryReading extends Construct {
  readonly functionName: string;
  readonly #function: MailferryFunction<"read-directory">;

  constructor(
    scope: Construct,
    id: string,
    on: Pick<Foundations, "alarms" | "code" | "settings" | "table" | "uploads">,
  ) {
    super(scope, id);
    this.#function = new MailferryFunction(this, on, {
      name: "read-directory",
      description: "Reads all members of the company from WeCom",
      environment: { TABLE_NAME: on.table.tableName, UPLOADS_BUCKET: on.uploads.bucketName },
      // 30,000 departments, the most that WeCom allows, at 3,000 calls a minute.
      timeout: Duration.minutes(12),
      memory: Size.mebibytes(1_024),
    });
    giveFixedAddress(this.#function, on.settings);
    on.table.grantUse(this.#function);
    on.uploads.grantDirectories(this.#function);
    grantReadSecrets(this.#function);
    this.#function.configureAsyncInvoke({
      onFailure: new SqsDestination(
        new DeadLetterQueue(this, "DeadLetters", {
          alarms: on.alarms,
          runbookEntry: "directory-dead-letters",
          says: "WeCom's directory could not be read; members who joined since are not seen.",
        }),
      ),
      // The tick asks again when it is time.
      retryAttempts: 0,
      maxEventAge: Duration.hours(1),
    });
    this.functionName = this.#function.functionName;
  }

  /** The right to have the directory read. By the function's name: its versions, which CDK would add, are not called. */
  grantRead(grantee: MailferryFunction<FunctionName>): void {
    Grant.addToPrincipal({
      grantee,
      actions: ["lambda:InvokeFunction"],
      resourceArns: [this.#function.functionArn],
    });
  }
}
