import { createServer } from "node:http";
import { z } from "zod";

/** One answer of an AWS service that speaks JSON: a result, or an error by its type. */
export type ScriptedAnswer =
  | { readonly result: unknown }
  | { readonly error: string; readonly status?: number; readonly message?: string };

/** A service on loopback that gives the answers it was told, one after the other, to a real SDK client. */
export interface ScriptedAws {
  /** What the SDK's client is made with. */
  readonly client: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
    readonly maxAttempts: number;
  };
  /** Operation (`x-amz-target`, behind its dot) and body of every request that came. */
  readonly requests: readonly { readonly operation: string; readonly body: unknown }[];
  stop(): Promise<void>;
}

/** Starts it. A request beyond the last answer gets an error. */
export const startScriptedAws = async (answers: readonly ScriptedAnswer[]): Promise<ScriptedAws> => {
  const requests: { operation: string; body: unknown }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const answer = answers[requests.length] ?? { error: "NothingScripted", status: 500 };
      const target = String(request.headers["x-amz-target"]);
      const body: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8"));
      requests.push({ operation: target.slice(target.lastIndexOf(".") + 1), body });
      const failed = "error" in answer;
      response.writeHead(failed ? (answer.status ?? 400) : 200, {
        "content-type": "application/x-amz-json-1.0",
      });
      response.end(
        JSON.stringify(
          failed ? { __type: answer.error, message: answer.message ?? answer.error } : answer.result,
        ),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return {
    client: {
      endpoint: `http://127.0.0.1:${port}`,
      region: "eu-central-1",
      credentials: { accessKeyId: "local", secretAccessKey: "local" },
      maxAttempts: 1,
    },
    requests,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
