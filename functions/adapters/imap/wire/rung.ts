import type { LiteralManner } from "./appender.ts";

/** How messages go to a target: which of its capabilities are used. */
export interface Rung extends LiteralManner {
  /** How many messages one command may append. */
  readonly messagesPerCommand: number;
  /** Octets of the messages of one command; a single message may have more. */
  readonly bytesPerCommand: number;
  /** How many connections of the same mailbox append side by side. */
  readonly connections: number;
}

/** Enough that round trips and the server's fsync do not count, little enough that a server can hold it. */
const multiple = { messagesPerCommand: 64, bytesPerCommand: 4_000_000 } as const;
const single = { messagesPerCommand: 1, bytesPerCommand: 0 } as const;

/**
 * The fastest way that the target announces: MULTIAPPEND (RFC 3502) with LITERAL+ (RFC 7888), pipelined APPENDs with LITERAL+,
 * and where literals have to wait for leave, several connections. `spare` is how many connections there may be.
 */
export const rungFor = (capabilities: readonly string[], spare: number): Rung => {
  const announced = new Set(capabilities.map((name) => name.toUpperCase()));
  if (announced.has("LITERAL+")) {
    const command = announced.has("MULTIAPPEND") ? multiple : single;
    return { ...command, freeUpTo: Number.POSITIVE_INFINITY, connections: 1 };
  }
  return { ...single, freeUpTo: announced.has("LITERAL-") ? 4_096 : 0, connections: spare };
};
