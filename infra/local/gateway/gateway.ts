import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { LocalService, ServiceAnswer, ServiceRequest } from "../services/service.ts";
import { boundedBody } from "./body.ts";
import { isLoopbackHost } from "./loopback-host.ts";
import { gatewayRefusal } from "./refusal.ts";
import { credentialScope } from "./scope.ts";

/** DynamoDB takes the most of those that take requests only (BatchWriteItem: 16 MB). */
const requestBytes = 16 * 1024 * 1024;

/** The report of 100,000 mailboxes is an object of some 60 MB. S3 itself would take 5 GB at once, which lie in memory here. */
const objectBytes = 256 * 1024 * 1024;

/**
 * One address for all services, on loopback only. The signature is not verified, since there is one user; but the access
 * key must be the one minted for this data directory and the Host must be loopback, so that neither a page in a browser
 * (DNS rebinding) nor a client meant for another cloud gets in by mistake.
 */
export class Gateway {
  readonly #server: Server;
  readonly #accessKeyId: string;
  readonly #services = new Map<string, LocalService>();

  private constructor(accessKeyId: string) {
    this.#accessKeyId = accessKeyId;
    this.#server = createServer((request, response) => void this.#serve(request, response));
    this.#server.requestTimeout = 60_000;
    // Longer than a function stays idle: a connection closed in between is one more to make, or a request lost in its closing.
    this.#server.keepAliveTimeout = 60_000;
  }

  /** Listens on 127.0.0.1; with port 0 on any free one. @throws when the port is taken. */
  static async listen(accessKeyId: string, port: number): Promise<Gateway> {
    const gateway = new Gateway(accessKeyId);
    await new Promise<void>((resolve, reject) => {
      gateway.#server.once("error", reject);
      gateway.#server.listen(port, "127.0.0.1", () => {
        gateway.#server.off("error", reject);
        resolve();
      });
    });
    return gateway;
  }

  get port(): number {
    return addressOf(this.#server).port;
  }

  serve(service: LocalService): void {
    this.#services.set(service.signingName, service);
  }

  /** Takes no new requests and cuts those under way, long polls among them. */
  async stop(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = await this.#answer(request).catch((thrown: unknown) =>
      gatewayRefusal(undefined, 500, "InternalFailure", String(thrown)),
    );
    if (response.destroyed) {
      return;
    }
    response.writeHead(answer.status, {
      ...(request.method === "HEAD" ? {} : { "content-length": Buffer.byteLength(answer.body) }),
      ...answer.headers,
    });
    response.end(answer.body);
  }

  async #answer(request: IncomingMessage): Promise<ServiceAnswer> {
    const url = request.url ?? "/";
    const scope = credentialScope(url, request.headers);
    const limit = scope?.service === "s3" ? objectBytes : requestBytes;
    const body = await boundedBody(request, limit);
    const refuse = (status: number, code: string, message: string): ServiceAnswer =>
      gatewayRefusal(scope?.service, status, code, message);
    if (!isLoopbackHost(request.headers.host)) {
      return refuse(403, "AccessDenied", "The Host header does not name this machine.");
    }
    if (scope === undefined) {
      return refuse(403, "MissingAuthenticationToken", "The request is not signed with Signature Version 4.");
    }
    if (scope.accessKeyId !== this.#accessKeyId) {
      return refuse(
        403,
        "UnrecognizedClientException",
        "The access key is not the one of this local cloud's data directory.",
      );
    }
    const service = this.#services.get(scope.service);
    if (service === undefined) {
      return refuse(
        501,
        "UnknownOperationException",
        `The service ${scope.service} is not part of the local cloud (see infra/local/SUPPORT.md).`,
      );
    }
    if (body === undefined) {
      return refuse(413, "EntityTooLarge", `The request is larger than ${limit} bytes.`);
    }
    return service.answer({ method: request.method ?? "GET", url, headers: singleHeaders(request), body });
  }
}

const addressOf = (server: Server): AddressInfo => {
  const address = server.address();
  if (address === null || typeof address === "string") {
    throw new Error("The gateway does not listen");
  }
  return address;
};

const singleHeaders = ({ headers }: IncomingMessage): ServiceRequest["headers"] =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : value]),
  );
