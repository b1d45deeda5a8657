/**
 * What runs inside the worker thread of one execution environment: loads the function once, then runs its handler for one
 * order after the other. It imports nothing but Node and types, because its size is paid in every environment.
 */
import { existsSync } from "node:fs";
import { enableCompileCache, flushCompileCache } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parentPort, workerData } from "node:worker_threads";
import { type InvocationOrder, reportedError, type WorkerReport, type WorkerSettings } from "./messages.ts";

type Handler = (event: unknown, context: object) => unknown;

const settings: WorkerSettings = workerData;

/**
 * Beside the bundles, so that it goes when they are made anew: V8 reads through two megabytes of code only once. What it compiles later,
 * when a function of it is first called, is not kept.
 */
enableCompileCache(join(settings.codeDirectory, "..", "compile-cache"));

const report = (message: WorkerReport): void => parentPort?.postMessage(message);

const loadHandler = async (): Promise<Handler> => {
  const dot = settings.handler.lastIndexOf(".");
  const file = settings.handler.slice(0, dot);
  const name = settings.handler.slice(dot + 1);
  const path = [".js", ".mjs", ".cjs"]
    .map((extension) => join(settings.codeDirectory, `${file}${extension}`))
    .find((candidate) => existsSync(candidate));
  if (path === undefined) {
    throw namedError("Runtime.ImportModuleError", `Cannot find module '${file}'`);
  }
  const loaded: Record<string, unknown> = await import(pathToFileURL(path).href);
  const handler = loaded[name];
  if (!isHandler(handler)) {
    throw namedError("Runtime.HandlerNotFound", `${settings.handler} is undefined or not exported`);
  }
  return handler;
};

const isHandler = (value: unknown): value is Handler => typeof value === "function";

const namedError = (name: string, message: string): Error => Object.assign(new Error(message), { name });

const contextOf = ({ requestId, deadline }: InvocationOrder): object => ({
  awsRequestId: requestId,
  callbackWaitsForEmptyEventLoop: true,
  functionName: settings.functionName,
  functionVersion: "$LATEST",
  getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  invokedFunctionArn: settings.functionArn,
  logGroupName: `/aws/lambda/${settings.functionName}`,
  logStreamName: "local",
  memoryLimitInMB: String(settings.memoryMegabytes),
});

const run = async (handler: Handler, order: InvocationOrder): Promise<void> => {
  try {
    const result = await handler(JSON.parse(order.payload), contextOf(order));
    report({ kind: "returned", payload: JSON.stringify(result ?? null) });
  } catch (thrown) {
    report({ kind: "threw", error: reportedError(thrown) });
  }
};

process.on("unhandledRejection", (reason) => {
  const { errorMessage } = reportedError(reason);
  report({
    kind: "crashed",
    error: { errorType: "Runtime.UnhandledPromiseRejection", errorMessage },
  });
  process.exit(1);
});

try {
  const handler = await loadHandler();
  parentPort?.on("message", (order: InvocationOrder) => void run(handler, order));
  report({ kind: "ready" });
  // By itself Node writes it when the thread ends, which here is cut off.
  flushCompileCache();
} catch (thrown) {
  report({ kind: "unusable", error: reportedError(thrown) });
}
