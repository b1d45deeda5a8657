import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { z } from "zod";
import { dynamoMailboxStore } from "../../../functions/adapters/dynamodb/mailbox-store.ts";
import { StateTable } from "../../../functions/adapters/dynamodb/state-table.ts";
import { MailAddress, type MigrationId } from "../../../shared/contract/ids.ts";
import { isCopying } from "../../../shared/passes/participation.ts";
import type { MailboxStore } from "../../../shared/ports/mailbox-store.ts";
import { awaitMigration } from "../cli/await-phase.ts";
import { conduct } from "../cli/conduct.ts";
import { readPointedAt } from "../cli/hold-settings.ts";
import { invokeFunction } from "../cli/operate.ts";
import type { Pipeline } from "../cli/pipeline.ts";
import { readSettings } from "../cli/read-settings.ts";
import { withLocalPipeline } from "../cli/with-pipeline.ts";
import { appendMessages } from "../demo/seeding/append-messages.ts";
import { openImap } from "../demo/seeding/imap-connection.ts";
import { copyAlone } from "./copy-alone.ts";
import { corpus } from "./corpus.ts";
import { leftOver } from "./left-over.ts";

/**
 * A process of its own, as `npm run migrate` is one: takes a mailbox through its first pass and then through passes with as many new
 * messages each, which are put into so many batches before the pass begins. Prints what each pass took, and what the engine alone takes
 * for batches of one message: for each in a visit of its own, and for all of them in one.
 */
const Place = z.object({ host: z.string(), port: z.number(), user: z.string(), password: z.string() });
const Asked = z.object({
  settings: z.string(),
  accounts: z.string(),
  data: z.string(),
  source: Place,
  target: Place,
  messages: z.number(),
  /** How many of them the engine alone copies in a visit each, before it copies the others in one. */
  apart: z.number(),
  /** The number of batches of each pass. */
  passes: z.array(z.number()),
});

const asked = Asked.parse(JSON.parse(process.argv[2] ?? ""));
const address = MailAddress.parse(asked.source.user);
const progress = { say: () => undefined, show: () => undefined, end: () => undefined };

/** Where a pass begins: what is recorded of the mailbox, and new messages that are in no batch. */
const withNewMail = async (pipeline: Pipeline, mailboxes: MailboxStore, migrationId: MigrationId) => {
  const [folder] = await mailboxes.folders({ migrationId, address });
  if (folder === undefined) throw new Error("the first pass left no folder behind");
  const migration = await pipeline.migrations.get(migrationId);
  if (migration === null || !isCopying(migration)) throw new Error("the migration does not copy");
  const { number } = migration.pass;
  const messages = [...corpus(`pass-${number}`, asked.messages, { exactly: 1_000 })];
  const connection = await openImap({ ...asked.source, tls: "none", certificate: undefined });
  await appendMessages(connection, "INBOX", messages);
  await connection.close();
  return { folder, number, batchesOf: (count: number) => leftOver(folder, number, count, messages) };
};

/** Seconds from the request to the settled pass, by the pipeline's own clock, and those that the batches' records took before. */
const timePass = async (
  pipeline: Pipeline,
  mailboxes: MailboxStore,
  migrationId: MigrationId,
  batches: number,
): Promise<number> => {
  const { number, batchesOf } = await withNewMail(pipeline, mailboxes, migrationId);
  const began = performance.now();
  for (const record of batchesOf(batches)) await mailboxes.createBatch(record);
  const recording = performance.now() - began;
  const { lambda, outputs } = pipeline;
  await invokeFunction(lambda, outputs.OperatorCommandFunctionName, { command: "startPass", migrationId });
  const settled = await awaitMigration(
    { pipeline, migrationId, executionArn: null, progress },
    (now) => isCopying(now) && now.pass.number > number && now.pass.settledAt !== undefined,
  );
  if (!isCopying(settled) || settled.pass.copied !== asked.messages)
    throw new Error("the pass copied other messages than those that were new: it proves nothing");
  const { requestedAt, settledAt = "" } = settled.pass;
  return (recording + Date.parse(settledAt) - Date.parse(requestedAt)) / 1_000;
};

await withLocalPipeline(asked.data, async (pipeline, cloud) => {
  const read = await readPointedAt(await readSettings(asked.settings), asked.settings);
  await cloud.loaded;
  const order = {
    read,
    accountsFile: asked.accounts,
    through: "history",
    awaitingMx: async () => {},
  } as const;
  const { migrationId } = await conduct(pipeline, order, progress);
  const { endpoint, region, credentials } = cloud;
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint, region, credentials }), {
    marshallOptions: { removeUndefinedValues: true },
  });
  const mailboxes = dynamoMailboxStore(new StateTable(documents, pipeline.outputs.TableName));
  const seconds: number[] = [];
  for (const batches of asked.passes) seconds.push(await timePass(pipeline, mailboxes, migrationId, batches));
  const account = await pipeline.accounts.get(migrationId, address);
  if (account === null) throw new Error("the mailbox has no account");
  const { folder, number, batchesOf } = await withNewMail(pipeline, mailboxes, migrationId);
  const batches = batchesOf(asked.messages);
  const [apart, together] = [batches.slice(0, asked.apart), batches.slice(asked.apart)];
  const visits = [...apart.map((batch) => [batch]), together];
  const { source, target } = asked;
  const mailbox = { user: source.user, source, target, connections: 4 };
  const alone = await copyAlone(mailbox, account, folder, number, visits);
  process.stdout.write(`${JSON.stringify({ seconds, alone })}\n`);
});
