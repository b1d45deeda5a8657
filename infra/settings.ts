import { z } from "zod";

/** The days that CloudWatch Logs can keep a log group for (CloudFormation reference, AWS::Logs::LogGroup RetentionInDays). */
const logRetentionDays = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827] as const;

/**
 * What may differ from one deployment to another: the `mailferry` object in the context of cdk.json, or
 * `npx cdk deploy -c mailferry='{ … }'`. Unknown keys are errors, because a misspelt limit would silently be the default.
 */
export const DeploySettings = z.strictObject({
  /** Absent: whatever account and region the credentials of the deployment belong to. */
  account: z
    .string()
    .regex(/^\d{12}$/)
    .optional(),
  region: z.string().min(1).optional(),
  logRetentionDays: z.literal(logRetentionDays).default(30),
  /** Who is told when an alarm goes off. Absent: the topic is there, and somebody subscribes to it later. */
  alarmEmail: z.email().optional(),
  /**
   * The identity verified in SES under which notices are sent: a domain, or a single address. Absent: the stack may send no mail.
   * A migration's `notices.from` is an address of it.
   */
  mailFrom: z.union([z.hostname(), z.email()]).optional(),
  /**
   * Where functions that call WeCom lie: subnets whose way to the internet is a NAT gateway with an Elastic IP, which is then added
   * to the app's 企业可信IP. Absent: they have no fixed address, and an app made since June 2022 refuses them.
   */
  fixedAddress: z
    .strictObject({
      subnetIds: z
        .array(z.string().regex(/^subnet-[0-9a-f]{8,17}$/))
        .min(1)
        .max(16),
      securityGroupIds: z
        .array(z.string().regex(/^sg-[0-9a-f]{8,17}$/))
        .min(1)
        .max(5),
    })
    .optional(),
  /** Where alarm texts send the reader; an entry's anchor is added to it. */
  runbook: z.string().min(1).default("infra/RUNBOOK.md"),
  /** Mailboxes copied at the same time: the copy queue's MaximumConcurrency, which Lambda accepts from 2 to 1,000. */
  copyConcurrency: z.number().int().min(2).max(1_000).default(20),
  workerMemoryMegabytes: z.number().int().min(256).max(10_240).default(512),
  /** Minutes between two looks at what is due; EventBridge schedules in whole minutes. */
  tickMinutes: z.number().int().min(1).max(60).default(1),
});
export type DeploySettings = z.infer<typeof DeploySettings>;

/** Reads the settings from a CDK context value, which is text when it was given on the command line. @throws Error naming every key that is wrong. */
export const readDeploySettings = (context: unknown): DeploySettings => {
  const read = DeploySettings.safeParse(typeof context === "string" ? parseText(context) : (context ?? {}));
  if (read.success) return read.data;
  throw new Error(
    `The "mailferry" settings of cdk.json cannot be used.\n${z.prettifyError(read.error)}\nCorrect them and run the command again.`,
  );
};

const parseText = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`-c mailferry='…' is not JSON: ${text}`, { cause });
  }
};
