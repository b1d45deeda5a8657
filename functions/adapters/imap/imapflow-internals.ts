import type { Socket } from "node:net";
import type { Writable } from "node:stream";
import type { ImapFlow } from "imapflow";

/** A command of imapflow, waiting or under way. */
export interface ImapFlowRequest {
  readonly tag: string;
  /** Whether it is on the wire: an answer to one that is not ends the connection. */
  sent?: boolean;
}

/** A token of a command; what is sensitive is left out of errors and logs. */
interface Token {
  readonly type: "ATOM" | "STRING";
  readonly value: string;
  readonly sensitive?: boolean;
}

/** Untagged lines by their keyword, as imapflow has parsed them. */
type LineHandlers = Readonly<Record<string, (line: unknown) => Promise<void>>>;

type Command = (client: ImapFlow, ...input: readonly unknown[]) => Promise<unknown>;

/** What imapflow 2.1.2 keeps to itself and is needed to save round trips. Its version is pinned. */
interface Internals {
  commands: ReadonlyMap<string, Command>;
  /** Mechanisms, and whether one has let us in. */
  readonly authCapabilities: Map<string, boolean>;
  readonly requestQueue: ImapFlowRequest[];
  currentRequest: ImapFlowRequest | false;
  /** Whether LIST goes without the LSUB behind it. */
  skipLsub?: boolean;
  /** With TLS it is a TLSSocket. */
  readonly socket: Pick<Socket, "setNoDelay" | "setTimeout" | "pipe">;
  readonly writeSocket: Pick<Writable, "cork" | "uncork">;
  /** Takes what the server sends. */
  readonly streamer: Writable;
  startSession(): Promise<void>;
  trySend(): Promise<void>;
  send(request: ImapFlowRequest): Promise<void>;
  write(line: string): void;
  run(command: string, ...input: readonly unknown[]): Promise<unknown>;
  authenticate(): Promise<unknown>;
  setSocketHandlers(): void;
  exec(
    command: string,
    tokens: readonly (Token | readonly Token[])[],
    options?: { readonly onPlusTag?: () => Promise<void>; readonly untagged?: LineHandlers },
  ): Promise<{ next(): void }>;
}

export type OpenImapFlow = ImapFlow & Internals;

const methods = [
  "startSession",
  "trySend",
  "send",
  "write",
  "run",
  "authenticate",
  "setSocketHandlers",
  "exec",
];

/** Whether imapflow is made as it was when this was written. Where it is not, it is used as it is, and slower. */
export const isOpen = (client: ImapFlow): client is OpenImapFlow =>
  methods.every((name) => typeof Reflect.get(client, name) === "function") &&
  Reflect.get(client, "commands") instanceof Map &&
  Reflect.get(client, "authCapabilities") instanceof Map &&
  Array.isArray(Reflect.get(client, "requestQueue")) &&
  typeof Reflect.get(client, "streamer") === "object";
