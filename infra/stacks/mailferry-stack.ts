import { CfnOutput, DefaultStackSynthesizer, Stack, type StackProps } from "aws-cdk-lib";
import { EventBus } from "aws-cdk-lib/aws-events";
import type { Construct } from "constructs";
import { type StackOutputs, stackName } from "../../shared/contract/environment.ts";
import { AccountImport } from "../constructs/account-import.ts";
import { CopyQueue } from "../constructs/copy-queue.ts";
import { CredentialsKey } from "../constructs/credentials-key.ts";
import { DirectoryReading } from "../constructs/directory-reading.ts";
import type { Foundations } from "../constructs/foundations.ts";
import { MailboxWorker } from "../constructs/mailbox-worker.ts";
import type { FunctionCode } from "../constructs/mailferry-function.ts";
import { MemberNotices } from "../constructs/member-notices.ts";
import { MemberPage } from "../constructs/member-page.ts";
import { MigrationWorkflow } from "../constructs/migration-workflow.ts";
import { MxChange } from "../constructs/mx-change.ts";
import { NoticesQueue } from "../constructs/notices-queue.ts";
import { OperatorAlarms } from "../constructs/operator-alarms.ts";
import { OperatorFunctions } from "../constructs/operator-functions.ts";
import { StateTable } from "../constructs/state-table.ts";
import { Tick } from "../constructs/tick.ts";
import { UploadsBucket } from "../constructs/uploads-bucket.ts";
import type { DeploySettings } from "../settings.ts";

interface MailferryStackProps {
  readonly settings: DeploySettings;
  readonly code: FunctionCode;
}

/** Everything mailferry consists of in the cloud, and, loaded from the same template, on one machine. */
export class MailferryStack extends Stack {
  constructor(scope: Construct, { settings, code }: MailferryStackProps) {
    const props: StackProps = {
      description: "mailferry: moves a company's mail domain from one provider to another",
      env: {
        ...(settings.account === undefined ? {} : { account: settings.account }),
        ...(settings.region === undefined ? {} : { region: settings.region }),
      },
      analyticsReporting: false,
    };
    // Without the rule that looks up the bootstrap version in SSM: `cdk deploy` checks it anyway, and the template is to load on a
    // machine without an account. Assigned, because the class and its own interface differ in their strictly optional properties.
    super(
      scope,
      stackName,
      Object.assign(props, {
        synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }),
      }),
    );

    const alarms = new OperatorAlarms(this, "OperatorAlarms", settings);
    const ground = {
      settings,
      code,
      alarms,
      table: new StateTable(this, "StateTable"),
      copyQueue: new CopyQueue(this, "CopyQueue", { alarms }),
      noticesQueue: new NoticesQueue(this, "NoticesQueue", { alarms }),
      uploads: new UploadsBucket(this, "Uploads"),
      credentialsKey: new CredentialsKey(this, "CredentialsKey"),
      bus: new EventBus(this, "Events", { eventBusName: "mailferry" }),
    };
    const on: Foundations = { ...ground, directories: new DirectoryReading(this, "Directories", ground) };
    const workflow = new MigrationWorkflow(this, "Workflow", on);
    new AccountImport(this, "AccountImport", on);
    new MailboxWorker(this, "MailboxWorker", on);
    const memberPage = new MemberPage(this, "MemberPage", on);
    new MemberNotices(this, "MemberNotices", on, { memberPage });
    new MxChange(this, "MxChange", on);
    new Tick(this, "Tick", on);
    const operator = new OperatorFunctions(this, "Operator", on);

    this.#tell({
      TableName: on.table.tableName,
      UploadsBucketName: on.uploads.bucketName,
      CopyQueueUrl: on.copyQueue.queueUrl,
      StateMachineArn: workflow.stateMachineArn,
      EventBusName: on.bus.eventBusName,
      OperatorCommandFunctionName: operator.command.functionName,
      EnterPasswordFunctionName: operator.enterPassword.functionName,
      MemberPageUrl: memberPage.url,
      WriteReportFunctionName: operator.report.functionName,
    });
  }

  #tell(outputs: StackOutputs): void {
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}
