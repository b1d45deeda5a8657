import {
  DescribeExecutionCommand,
  ListExecutionsCommand,
  type SFNClient,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import type { MigrationId } from "../../../shared/contract/ids.ts";
import type { HeldSettings } from "../../../shared/contract/settings.ts";

/** Starts the workflow of a migration and returns the execution's ARN; one that still runs is taken instead. */
export const ensureExecution = async (
  client: SFNClient,
  stateMachineArn: string,
  migrationId: MigrationId,
  settings: HeldSettings,
): Promise<string> =>
  (await runningExecution(client, stateMachineArn, migrationId)) ??
  startExecution(client, stateMachineArn, migrationId, settings);

/** Starts the workflow of a migration of which none can be running yet and returns the execution's ARN. */
export const startExecution = async (
  client: SFNClient,
  stateMachineArn: string,
  migrationId: MigrationId,
  settings: HeldSettings,
): Promise<string> => {
  // Step Functions keeps a name for 90 days: a workflow started again for the same migration needs one of its own.
  const name = `${migrationId.slice(0, 68)}-${Date.now().toString(36)}`;
  const { executionArn } = await client.send(
    new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(settings) }),
  );
  if (executionArn === undefined) throw new Error("Step Functions started the workflow but did not name it.");
  return executionArn;
};

/** How the workflow ended, or null while it runs. `error` is a name of the vocabulary where it is known. */
export const executionEnd = async (
  client: SFNClient,
  executionArn: string,
): Promise<{ readonly succeeded: boolean; readonly error: string; readonly cause: string } | null> => {
  const {
    status,
    error = "",
    cause = "",
  } = await client.send(new DescribeExecutionCommand({ executionArn }));
  if (status === "RUNNING" || status === "PENDING_REDRIVE") return null;
  return { succeeded: status === "SUCCEEDED", error: error || String(status), cause };
};

const runningExecution = async (
  client: SFNClient,
  stateMachineArn: string,
  migrationId: MigrationId,
): Promise<string | null> => {
  let nextToken: string | undefined;
  do {
    const page = await client.send(
      new ListExecutionsCommand({ stateMachineArn, statusFilter: "RUNNING", maxResults: 100, nextToken }),
    );
    const found = page.executions?.find(({ name }) => name?.startsWith(`${migrationId.slice(0, 68)}-`));
    if (found?.executionArn !== undefined) return found.executionArn;
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return null;
};
