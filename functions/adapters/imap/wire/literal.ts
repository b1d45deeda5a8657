import { createHash, type Hash } from "node:crypto";

/** Of a literal nothing but the SHA-256 of its octets was kept. */
export class Digest {
  /** Hexadecimal. */
  readonly sha256: string;

  constructor(sha256: string) {
    this.sha256 = sha256;
  }
}

/** A literal that is arriving. */
export interface ArrivingLiteral {
  /** Takes what is its own of a portion, and tells where the rest of it begins. */
  take(octets: Buffer, at: number): number;
  /** What it came to; null until all of it is there. */
  arrived(): Buffer | Digest | null;
}

/** From so many octets on a literal has memory of its own, which can be given back (`letGo`); smaller ones share what Node hands out. */
const ownMemoryFrom = 1_024;

/** Keeps a literal. It is copied once, so that a message of a few lines does not hold the 64 KB it came with. */
export class KeptLiteral implements ArrivingLiteral {
  readonly #buffer: Buffer;
  #filled = 0;

  constructor(octets: number) {
    this.#buffer = octets < ownMemoryFrom ? Buffer.allocUnsafe(octets) : Buffer.allocUnsafeSlow(octets);
  }

  take(octets: Buffer, at: number): number {
    const copied = octets.copy(this.#buffer, this.#filled, at);
    this.#filled += copied;
    return at + copied;
  }

  arrived(): Buffer | null {
    return this.#filled === this.#buffer.length ? this.#buffer : null;
  }
}

/** Digests a literal as it arrives, so that a message of any size takes no memory. */
export class DigestedLiteral implements ArrivingLiteral {
  readonly #hash: Hash = createHash("sha256");
  #left: number;

  constructor(octets: number) {
    this.#left = octets;
  }

  take(octets: Buffer, at: number): number {
    const end = Math.min(octets.length, at + this.#left);
    this.#hash.update(octets.subarray(at, end));
    this.#left -= end - at;
    return end;
  }

  arrived(): Digest | null {
    return this.#left === 0 ? new Digest(this.#hash.digest("hex")) : null;
  }
}

/** The digest of octets that came in another form than a literal's. */
export const digestOfOctets = (octets: Uint8Array): string =>
  createHash("sha256").update(octets).digest("hex");
