import type { IncomingMessage } from "node:http";

/** One request to an HTTP API, read whole. */
export interface HttpApiRequest {
  readonly method: string;
  /** Percent-decoded, as HTTP APIs route by it and hand it on. */
  readonly path: string;
  /** As sent, without the question mark. */
  readonly query: string;
  /** Names in lower case; values of repeated headers joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  /** `HTTP/1.1` */
  readonly protocol: string;
  readonly sourceIp: string;
  readonly body: Buffer;
}

/** Reads the head of a request; undefined when its path is no percent-encoded UTF-8. */
export const readRequest = (incoming: IncomingMessage, body: Buffer): HttpApiRequest | undefined => {
  const [path = "", ...query] = (incoming.url ?? "/").split("?");
  const decoded = decodedPath(path);
  if (decoded === undefined) return undefined;
  return {
    method: incoming.method ?? "GET",
    path: decoded,
    query: query.join("?"),
    headers: Object.fromEntries(
      Object.entries(incoming.headersDistinct)
        .filter(([name]) => !ofTheConnection.has(name))
        .map(([name, values = []]) => [name, values.join(",")]),
    ),
    protocol: `HTTP/${incoming.httpVersion}`,
    sourceIp: incoming.socket.remoteAddress ?? "127.0.0.1",
    body,
  };
};

/** Headers that speak of this connection and not of the request (RFC 9110 section 7.6.1). */
const ofTheConnection: ReadonlySet<string> = new Set([
  "connection",
  "keep-alive",
  "transfer-encoding",
  "upgrade",
  "te",
]);

const decodedPath = (path: string): string | undefined => {
  try {
    return path.startsWith("/") ? decodeURIComponent(path) : undefined;
  } catch {
    return undefined;
  }
};
