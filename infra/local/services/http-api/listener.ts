import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { z } from "zod";
import { boundedBody } from "../../gateway/body.ts";
import { isLoopbackHost } from "../../gateway/loopback-host.ts";
import { gatewayAnswer, type HttpApiAnswer } from "./function-answer.ts";
import { type HttpApiRequest, readRequest } from "./request.ts";

/** Quotas of HTTP APIs (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html). */
const payloadBytes = 10_000_000;
const headBytes = 10_240;

/** Where browsers reach the HTTP API: on loopback, beside the gateway, because what browsers send is not signed. */
export class HttpApiListener {
  readonly #server: Server;
  #serve: (request: HttpApiRequest) => Promise<HttpApiAnswer> = async () =>
    gatewayAnswer(503, "Service Unavailable");

  private constructor() {
    // Node itself answers 431 to a head that is larger.
    this.#server = createServer({ maxHeaderSize: headBytes }, (request, response) => {
      void this.#answer(request).then((answer) => respond(request, response, answer));
    });
    this.#server.requestTimeout = 60_000;
  }

  /** Listens on 127.0.0.1; with port 0 on any free one. @throws when the port is taken. */
  static async listen(port: number): Promise<HttpApiListener> {
    const listener = new HttpApiListener();
    await new Promise<void>((resolve, reject) => {
      listener.#server.once("error", reject);
      listener.#server.listen(port, "127.0.0.1", () => {
        listener.#server.off("error", reject);
        resolve();
      });
    });
    return listener;
  }

  get port(): number {
    return z.object({ port: z.int() }).parse(this.#server.address()).port;
  }

  /** From now on requests are answered by this; before, that the service is unavailable. */
  serve(answer: (request: HttpApiRequest) => Promise<HttpApiAnswer>): void {
    this.#serve = answer;
  }

  /** Takes no new requests and cuts those under way. */
  async stop(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  async #answer(incoming: IncomingMessage): Promise<HttpApiAnswer> {
    try {
      const body = await boundedBody(incoming, payloadBytes);
      if (!isLoopbackHost(incoming.headers.host)) return gatewayAnswer(403, "Forbidden");
      if (body === undefined) return gatewayAnswer(413, "Request Entity Too Large");
      const request = readRequest(incoming, body);
      return request === undefined ? gatewayAnswer(400, "Bad Request") : await this.#serve(request);
    } catch {
      return gatewayAnswer(500, "Internal Server Error");
    }
  }
}

/** A header that a function made up and HTTP cannot carry is its failure, as on AWS. */
const respond = (incoming: IncomingMessage, response: ServerResponse, answer: HttpApiAnswer): void => {
  if (response.destroyed) return;
  const write = ({ status, headers, body }: HttpApiAnswer): void => {
    for (const [name, value] of Object.entries(headers)) {
      if (!setByNode.has(name)) response.setHeader(name, value);
    }
    response.writeHead(status, { "content-length": body.length });
    response.end(incoming.method === "HEAD" ? undefined : body);
  };
  try {
    write(answer);
  } catch {
    for (const name of response.getHeaderNames()) response.removeHeader(name);
    write(gatewayAnswer(500, "Internal Server Error"));
  }
};

const setByNode: ReadonlySet<string> = new Set(["connection", "content-length", "transfer-encoding"]);
