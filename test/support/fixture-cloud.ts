import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import { SQSClient } from "@aws-sdk/client-sqs";
import { onTestFinished } from "vitest";
import { z } from "zod";
import { bootLocalCloud, type LocalCloud, type LocalCloudOptions } from "../../infra/local/cloud.ts";
import { fixtureStack } from "./fixture-stack.ts";
import { writeAssembly } from "./stack-assembly.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

const note = z.object({
  at: z.enum(["start", "end", "event"]),
  body: z.string().optional(),
  group: z.string().optional(),
  batch: z.number().optional(),
  count: z.number().optional(),
  event: z.looseObject({}).optional(),
});

/** What a function of the fixture saw. */
export type Note = z.output<typeof note>;

/** Where a fixture lies on disk. */
export interface Fixture {
  readonly assembly: string;
  readonly dataDir: string;
  /** What its functions wrote down so far, in order. */
  notes(): Promise<Note[]>;
}

/** The fixture stack, written but not booted. */
export const writeFixture = async (): Promise<Fixture> => {
  const directory = await temporaryDirectory();
  const notes = join(directory, "notes");
  return {
    assembly: await writeAssembly(directory, fixtureStack(notes)),
    dataDir: join(directory, "data"),
    notes: async () => linesOf(await readFile(notes, "utf8").catch(() => "")),
  };
};

/** A line being written is not a note yet. */
const linesOf = (text: string): Note[] =>
  text
    .split("\n")
    .slice(0, -1)
    .map((line) => note.parse(JSON.parse(line)));

/** Boots a fixture in this process for the running test. */
export const bootFixture = async (
  fixture: Fixture,
  options: Partial<LocalCloudOptions> = {},
): Promise<LocalCloud> => {
  const { assembly, dataDir } = fixture;
  const cloud = await bootLocalCloud({ assembly, dataDir, retryAfterSeconds: 0.05, ...options });
  onTestFinished(() => cloud.stop());
  return cloud;
};

/** Real SDK clients of a running cloud, which make no second attempt that would hide a fault. */
export const clientsOf = ({
  endpoint,
  region,
  credentials,
}: Pick<LocalCloud, "endpoint" | "region" | "credentials">) => {
  // A copy, because the SDK writes into what it is given.
  const settings = { endpoint, region, credentials: { ...credentials }, maxAttempts: 1 };
  return {
    cloudFormation: new CloudFormationClient(settings),
    dynamodb: new DynamoDBClient(settings),
    lambda: new LambdaClient(settings),
    s3: new S3Client(settings),
    sqs: new SQSClient(settings),
  };
};

/** An output of the fixture stack. */
export const output = ({ outputs }: Pick<LocalCloud, "outputs">, name: string): string => {
  const value = outputs[name];
  if (value === undefined) throw new Error(`The fixture has no output ${name}`);
  return value;
};
