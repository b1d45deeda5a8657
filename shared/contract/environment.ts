import { z } from "zod";

const table = { TABLE_NAME: z.string().min(1) };
const queue = { COPY_QUEUE_URL: z.url() };
const notices = { NOTICES_QUEUE_URL: z.url() };
const uploads = { UPLOADS_BUCKET: z.string().min(1) };
const key = { CREDENTIALS_KEY_ARN: z.string().startsWith("arn:") };
/** The function that reads members' directories. */
const reader = { DIRECTORY_READER: z.string().min(1) };
const bus = { EVENT_BUS_NAME: z.string().min(1) };

/**
 * What each function finds in its environment. The same schema types the construct that places the function and checks
 * the environment when it starts, so a variable that infra forgets is a compile error.
 */
export const environments = {
  "verify-domain": z.object({ ...table, ...reader }),
  "open-phase": z.object({ ...table, ...queue, ...notices }),
  "import-accounts": z.object({ ...table, ...reader, ...queue, ...notices, ...uploads, ...key }),
  "mailbox-worker": z.object({ ...table, ...queue, ...key }),
  "mx-change": z.object({ ...table, ...queue, ...notices, ...uploads }),
  "enter-password": z.object({ ...table, ...queue, ...key }),
  "member-page": z.object({ ...table, ...queue, ...key }),
  "operator-command": z.object({ ...table, ...reader, ...queue, ...notices, ...uploads, ...bus }),
  tick: z.object({ ...table, ...reader, ...queue, ...notices, ...uploads, ...bus }),
  "read-directory": z.object({ ...table, ...uploads }),
  "write-report": z.object({ ...table, ...uploads }),
  "close-migration": z.object({ ...table }),
  "send-notice": z.object({
    ...table,
    ...notices,
    MEMBER_PAGE_URL: z.url(),
    CONFIGURATION_SET: z.string().min(1),
  }),
  "note-bounce": z.object({ ...table }),
  "record-failure": z.object({ ...table }),
} as const satisfies Record<string, z.ZodObject>;

export type FunctionName = keyof typeof environments;
export type EnvironmentOf<Name extends FunctionName> = z.infer<(typeof environments)[Name]>;

/** The stack's outputs: all that a command line needs to know of a deployed (or local) pipeline. */
export const StackOutputs = z.object({
  TableName: z.string().min(1),
  UploadsBucketName: z.string().min(1),
  CopyQueueUrl: z.url(),
  StateMachineArn: z.string().startsWith("arn:"),
  EventBusName: z.string().min(1),
  OperatorCommandFunctionName: z.string().min(1),
  EnterPasswordFunctionName: z.string().min(1),
  /** What links to the members' password page begin with; a slash and the token follow. */
  MemberPageUrl: z.url(),
  WriteReportFunctionName: z.string().min(1),
});
export type StackOutputs = z.infer<typeof StackOutputs>;

/** The stack's name, in the cloud and in the local one's DescribeStacks. */
export const stackName = "Mailferry";

/** Secrets that mailferry may read carry this prefix in their names. */
export const secretNamePrefix = "mailferry/";
