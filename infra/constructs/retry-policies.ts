import { Duration } from "aws-cdk-lib";
import type { TaskStateBase } from "aws-cdk-lib/aws-stepfunctions";
import type { WorkflowError } from "./workflow-errors.ts";

/** Which errors, how often, how long between; each policy below says why. */
export interface RetryPolicy {
  readonly errors: readonly WorkflowError[];
  /** The first wait; each further one is `backoffRate` times longer. */
  readonly interval: Duration;
  readonly backoffRate: number;
  readonly maxAttempts: number;
}

const never = { interval: Duration.seconds(1), backoffRate: 1, maxAttempts: 0 } as const;

/** A verdict on what people wrote: asking again would only say the same, later. */
const settingsVerdict: RetryPolicy = {
  errors: [
    "SettingsUnusable",
    "SecretMissing",
    "DomainUnusable",
    "TlsFailed",
    "LoginRefused",
    "MasterRefused",
    "WecomSecretRefused",
    "WecomAddressRefused",
    "WecomRightMissing",
    "WecomRefused",
    "DirectoryDoubtful",
  ],
  ...never,
};

/** A verdict on what is stored or was handed over: it will not change by itself. */
const recordVerdict: RetryPolicy = {
  errors: ["RecordUnreadable", "MigrationUnknown", "MessageUnusable"],
  ...never,
};

/** Lambda could not run the function, or not to its end: 2 + 4 + 8 + 16 + 32 + 64 s, over two minutes in all, outlasts its brief troubles. */
const platformTrouble: RetryPolicy = {
  errors: [
    "Lambda.ServiceException",
    "Lambda.AWSLambdaException",
    "Lambda.SdkClientException",
    "Lambda.ClientExecutionTimeoutException",
    "Lambda.TooManyRequestsException",
    "Lambda.Unknown",
    "Sandbox.Timedout",
  ],
  interval: Duration.seconds(2),
  backoffRate: 2,
  maxAttempts: 6,
};

/**
 * A server that cannot be reached just now: 5 + 10 s. Somebody waits for the verdict, and a server that stays away for a
 * quarter of a minute is more likely a wrong host name than a hiccup.
 */
const serverAway: RetryPolicy = {
  errors: [
    "ServerUnreachable",
    "NameServerUnreachable",
    "ServerBusy",
    "ConnectionLost",
    "ServerAnswerUnusable",
    "WecomUnreachable",
    "WecomAnswerUnusable",
  ],
  interval: Duration.seconds(5),
  backoffRate: 2,
  maxAttempts: 2,
};

/** A limit on calls that WeCom has set off lasts a minute at least (访问频率限制), and any call before its end is in vain: 65 s twice. */
const wecomBusy: RetryPolicy = {
  errors: ["WecomBusy"],
  interval: Duration.seconds(65),
  backoffRate: 1,
  maxAttempts: 2,
};

/** Whatever else a function died of, a throttled table for instance: 5 + 10 + 20 s. Every task may safely run twice. */
const unforeseen: RetryPolicy = {
  errors: ["States.TaskFailed"],
  interval: Duration.seconds(5),
  backoffRate: 2,
  maxAttempts: 3,
};

/** For every task. The order matters: the first policy that names the error decides. */
export const usualRetries: readonly RetryPolicy[] = [recordVerdict, platformTrouble, unforeseen];

/** For the task that looks at settings, name servers and mail servers. */
export const verificationRetries: readonly RetryPolicy[] = [
  settingsVerdict,
  serverAway,
  wecomBusy,
  ...usualRetries,
];

export const addRetries = <Task extends TaskStateBase>(
  task: Task,
  policies: readonly RetryPolicy[],
): Task => {
  for (const { errors, ...policy } of policies) task.addRetry({ errors: [...errors], ...policy });
  return task;
};
