import { Stack } from "aws-cdk-lib";
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { CfnTopic, Topic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import type { DeploySettings } from "../settings.ts";

/** The entries of RUNBOOK.md, by the anchor of their heading. No alarm without one. */
export const runbookEntries = [
  "bounce-dead-letters",
  "copy-dead-letters",
  "directory-dead-letters",
  "import-dead-letters",
  "mx-change-dead-letters",
  "notices-dead-letters",
  "tick-dead-letters",
  "workflow-failed",
] as const;
export type RunbookEntry = (typeof runbookEntries)[number];

export interface OperatorAlarm {
  readonly metric: IMetric;
  /** What has happened, as a sentence for whoever is woken by it. */
  readonly says: string;
  readonly runbookEntry: RunbookEntry;
}

/** Everything that calls an operator: one topic, and alarms whose text says what happened and which runbook entry helps. */
export class OperatorAlarms extends Construct {
  readonly topic: Topic;
  readonly #runbook: string;

  constructor(scope: Construct, id: string, settings: Pick<DeploySettings, "alarmEmail" | "runbook">) {
    super(scope, id);
    this.#runbook = settings.runbook;
    this.topic = new Topic(this, "Topic", { displayName: "mailferry alarms", enforceSSL: true });
    this.#letAlarmsPublish();
    if (settings.alarmEmail !== undefined) this.#tell(settings.alarmEmail);
  }

  /** Goes off as soon as the metric is above zero; no data means that nothing happened. */
  raise(scope: Construct, { metric, says, runbookEntry }: OperatorAlarm): Alarm {
    const alarm = new Alarm(scope, "Alarm", {
      metric,
      threshold: 0,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription: `${says} Runbook: ${this.#runbook}#${runbookEntry}`,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
    return alarm;
  }

  /** A topic's own policy replaces the default one that lets the account's alarms in, so they are let in by name. */
  #letAlarmsPublish(): void {
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        sid: "AlarmsOfThisAccount",
        principals: [new ServicePrincipal("cloudwatch.amazonaws.com")],
        actions: ["sns:Publish"],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { "aws:SourceAccount": Stack.of(this).account } },
      }),
    );
  }

  /** As a property of the topic, so that the stack needs no further type of resource. */
  #tell(email: string): void {
    const topic = this.topic.node.defaultChild;
    if (!(topic instanceof CfnTopic)) throw new Error("The alarm topic is not a CfnTopic.");
    topic.subscription = [{ protocol: "email", endpoint: email }];
  }
}
