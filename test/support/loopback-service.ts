import { createServer, type IncomingHttpHeaders } from "node:http";
import { z } from "zod";
import type { LocalService } from "../../infra/local/services/service.ts";

/** A service of the local cloud behind HTTP on loopback, without the gateway, for a real SDK client. */
export interface LoopbackService {
  /** For the SDK's `endpoint`. */
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** Serves one service; stopping ends the listener and the service. */
export const serveOnLoopback = async (service: LocalService): Promise<LoopbackService> => {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      void service
        .answer({
          method: request.method ?? "GET",
          url: request.url ?? "/",
          headers: singleValued(request.headers),
          body: Buffer.concat(chunks),
        })
        .then((answer) => response.writeHead(answer.status, answer.headers).end(answer.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return {
    endpoint: `http://127.0.0.1:${port}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await service.stop();
    },
  };
};

/** What every SDK client of a test is given: no environment, no profile, no second attempt that hides a fault. */
export const clientOf = (service: LoopbackService) => ({
  endpoint: service.endpoint,
  region: "eu-central-1",
  credentials: { accessKeyId: "local", secretAccessKey: "local" },
  maxAttempts: 1,
});

const singleValued = (headers: IncomingHttpHeaders): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : value]),
  );
