import { InvokeCommand, type LambdaClient } from "@aws-sdk/client-lambda";
import { DirectoryAnswer, type ReadDirectory } from "../../../events/read-directory.ts";
import { MailferryError } from "../../../shared/contract/errors.ts";
import type { DirectoryReader } from "../../../shared/ports/directory-reader.ts";

/** The function read-directory, called by its name. */
export const lambdaDirectoryReader = (
  client: Pick<LambdaClient, "send">,
  functionName: string,
): DirectoryReader => ({
  read: async (request) => {
    const { FunctionError, Payload } = await client.send(
      new InvokeCommand({ FunctionName: functionName, Payload: bytesOf(request) }),
    );
    const text = new TextDecoder().decode(Payload);
    if (FunctionError !== undefined) throw new Error(`${functionName} failed: ${text.slice(0, 1_000)}`);
    const answer = DirectoryAnswer.safeParse(JSON.parse(text));
    if (answer.success) return answer.data;
    throw new MailferryError("MessageUnusable", { schema: "DirectoryAnswer", reason: answer.error.message });
  },
  ask: async (migrationId) => {
    await client.send(
      new InvokeCommand({
        FunctionName: functionName,
        InvocationType: "Event",
        Payload: bytesOf({ migrationId, unattended: true }),
      }),
    );
  },
});

const bytesOf = (request: ReadDirectory): Uint8Array => new TextEncoder().encode(JSON.stringify(request));
