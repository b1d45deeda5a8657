import { InvokeCommand, type LambdaClient } from "@aws-sdk/client-lambda";
import { z } from "zod";

const FunctionFailure = z.object({ errorType: z.string(), errorMessage: z.string() });

/** A function that was asked for something and failed. `errorType` is a name of the error vocabulary where it failed for a known reason. */
export class FunctionFailed extends Error {
  override readonly name = "FunctionFailed";
  readonly errorType: string;

  constructor(errorType: string, message: string) {
    super(message);
    this.errorType = errorType;
  }
}

/** Invokes a function and waits for its answer. @throws FunctionFailed */
export const invokeFunction = async (
  client: LambdaClient,
  functionName: string,
  payload: object,
): Promise<unknown> => {
  const { FunctionError, Payload } = await client.send(
    new InvokeCommand({ FunctionName: functionName, Payload: Buffer.from(JSON.stringify(payload)) }),
  );
  const text = Payload === undefined ? "" : Buffer.from(Payload).toString("utf8");
  const answer: unknown = text === "" ? null : JSON.parse(text);
  if (FunctionError === undefined) return answer;
  const failure = FunctionFailure.safeParse(answer);
  throw new FunctionFailed(
    failure.success ? failure.data.errorType : FunctionError,
    failure.success ? failure.data.errorMessage : text,
  );
};
