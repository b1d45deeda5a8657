import type { StatusResponse } from "./status-response.ts";

/** A folder as it was when it was opened. */
export interface OpenedAs {
  readonly uidValidity: bigint;
  readonly uidNext: number;
  readonly messages: number;
  /** Zero where the folder keeps none; undefined where nothing was said of them. */
  readonly highestModseq: bigint | undefined;
}

const exists = /^\* (\d{1,10}) EXISTS$/i;

/** What a server says of a folder while it opens it (RFC 3501 §6.3.1 and §6.3.2; mod-sequences: RFC 7162 §3.1.2). */
export class OpenedFolder {
  #messages: number | undefined;
  #codes = new Map<string, string>();

  /** A line before the answer itself, and its status if it has one. */
  hear(line: string, status: StatusResponse | null): void {
    // What came before it was said of the folder that was open until then (RFC 7162 §3.2.11).
    if (status?.code === "CLOSED") this.#forget();
    else if (status !== null && status.code !== null) this.#codes.set(status.code, status.detail);
    const count = exists.exec(line)?.[1];
    if (count !== undefined) this.#messages = Number(count);
  }

  /** How many messages it holds; null where nothing was said of it. */
  get messages(): number | null {
    return this.#messages ?? null;
  }

  /** Which flags it keeps for good; null where nothing was said of them. */
  get permanentFlags(): readonly string[] | null {
    const [, flags] = /^\(([^()]*)\)$/.exec(this.#codes.get("PERMANENTFLAGS") ?? "") ?? [];
    return flags?.split(" ").filter((flag) => flag !== "") ?? null;
  }

  /** Null where something is missing or cannot be read. */
  get as(): OpenedAs | null {
    const [uidValidity, uidNext] = [this.#numberOf("UIDVALIDITY"), this.#numberOf("UIDNEXT")];
    const messages = this.#messages;
    if (uidValidity === undefined || uidNext === undefined || messages === undefined) return null;
    const highestModseq = this.#codes.has("NOMODSEQ") ? 0n : this.#numberOf("HIGHESTMODSEQ");
    return { uidValidity, uidNext: Number(uidNext), messages, highestModseq };
  }

  #numberOf(code: string): bigint | undefined {
    const detail = this.#codes.get(code) ?? "";
    return /^\d{1,20}$/.test(detail) ? BigInt(detail) : undefined;
  }

  #forget(): void {
    this.#messages = undefined;
    this.#codes = new Map();
  }
}
