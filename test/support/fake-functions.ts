import type { FunctionInvoker, InvocationResult } from "../../infra/local/services/service.ts";

/** A function of a test: returns its answer, or throws an error whose `name` is the error type. */
export type FakeFunction = (payload: unknown) => unknown;

/** Functions that live in the test, behind the port that the Lambda host implements. */
export interface FakeFunctions extends FunctionInvoker {
  readonly invocations: readonly { readonly functionArn: string; readonly payload: unknown }[];
}

export const fakeFunctions = (functions: Readonly<Record<string, FakeFunction>>): FakeFunctions => {
  const invocations: { functionArn: string; payload: unknown }[] = [];
  return {
    invocations,
    invoke: async (functionArn, payload): Promise<InvocationResult> => {
      invocations.push({ functionArn, payload });
      const perform = functions[functionArn.slice(functionArn.lastIndexOf(":") + 1)];
      if (perform === undefined) return failed("ResourceNotFoundException", functionArn);
      try {
        return { kind: "returned", payload: await perform(payload) };
      } catch (thrown) {
        return thrown instanceof Error ? failed(thrown.name, thrown.message) : failed("", String(thrown));
      }
    },
  };
};

const failed = (errorType: string, errorMessage: string): InvocationResult => ({
  kind: "failed",
  errorType,
  errorMessage,
});
