import { MailferryError } from "../../shared/contract/errors.ts";
import type { ObjectStore } from "../../shared/ports/object-store.ts";

/** A bucket in memory. */
export class FakeObjectStore implements ObjectStore {
  readonly #objects = new Map<string, Uint8Array>();

  keys(): readonly string[] {
    return [...this.#objects.keys()].sort();
  }

  async read(key: string, maximumBytes: number): Promise<Uint8Array | null> {
    const body = this.#objects.get(key) ?? null;
    if (body !== null && body.length > maximumBytes)
      throw new MailferryError("WorkbookUnreadable", { file: key, reason: "it is too large" });
    return body;
  }

  async write(key: string, body: Uint8Array): Promise<void> {
    this.#objects.set(key, body);
  }

  async destroy(key: string): Promise<void> {
    this.#objects.delete(key);
  }
}
