import { connect, createServer, type Socket } from "node:net";
import { FaultyConnection } from "./faulty-connection.ts";
import { listenForTest } from "./listen-for-test.ts";

/** What goes wrong with a command. */
export type FaultKind =
  /** Done, but the connection ends before the answer. */
  | { readonly does: "lose the answer" }
  /** The connection ends in the midst of the first literal. */
  | { readonly does: "cut the literal" }
  /** The server says goodbye instead of doing it. */
  | { readonly does: "say BYE" }
  /** Nothing passes any more, in neither direction, until the client gives up. */
  | { readonly does: "stall" }
  /** Done, but the connection ends in the midst of the first response with a literal. */
  | { readonly does: "cut the answer" }
  /** Done, but the second response with a literal is left out of the answer. */
  | { readonly does: "leave one out" }
  /** The connection ends; what was sent is done when it is delivered (`deliverLate`). Only for commands that ask for no literal. */
  | { readonly does: "deliver late" }
  /** Not done: the server answers so. */
  | { readonly does: "refuse"; readonly words: string }
  /** Done, and the tagged answer is told otherwise. */
  | { readonly does: "reword"; readonly reword: (answer: string) => string };

/** When it goes wrong: at the n-th command of a kind (from 1) on whatever connection, or at that and every later one. */
export type Fault = FaultKind & {
  readonly at: RegExp;
  readonly nth: number;
  readonly always?: boolean;
};

/** A loopback proxy in front of an IMAP server that understands what passes. */
export interface FaultProxy {
  readonly host: "127.0.0.1";
  readonly port: number;
  arm(fault: Fault | null): void;
  /** Lets the server have what was held back, and waits until it has answered. */
  deliverLate(): Promise<void>;
  /** How often a fault has struck. */
  readonly strikes: () => number;
}

/** Which command a fault strikes. */
export class FaultPlan {
  strikes = 0;
  /** Deliver what was held back. */
  readonly late: (() => Promise<void>)[] = [];
  #fault: Fault | null = null;
  #seen = 0;

  arm(fault: Fault | null): void {
    this.#fault = fault;
    this.#seen = 0;
  }

  /** What goes wrong with this command; null when nothing does. `at` sees its first line without the tag. */
  meet(line: string): Fault | null {
    const fault = this.#fault;
    if (fault?.at.test(line) !== true) return null;
    this.#seen += 1;
    if (this.#seen < fault.nth) return null;
    if (fault.always !== true) this.#fault = null;
    this.strikes += 1;
    return fault;
  }
}

/** Stands in front of a plain-text server for the running test. */
export const faultProxy = async (server: {
  readonly host: string;
  readonly port: number;
}): Promise<FaultProxy> => {
  const plan = new FaultPlan();
  const open = new Set<Socket>();
  const listener = createServer((client) => {
    const upstream = connect(server.port, server.host);
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on("close", () => open.delete(socket));
    }
    new FaultyConnection(client, upstream, plan);
  });
  return {
    ...(await listenForTest(listener, open)),
    arm: (fault) => plan.arm(fault),
    deliverLate: async () => {
      for (const deliver of plan.late.splice(0)) await deliver();
    },
    strikes: () => plan.strikes,
  };
};
