import { workbookUnreadable } from "../../shared/contract/workbook-unreadable.ts";
import type { ObjectStore } from "../../shared/ports/object-store.ts";

/** A bucket in memory that keeps every version: `write` makes "v1", "v2" and so on, over all keys. */
export class FakeObjectStore implements ObjectStore {
  readonly #objects: { readonly key: string; readonly version: string; readonly body: Uint8Array }[] = [];
  #writes = 0;

  /** The keys of which any version is left. */
  keys(): readonly string[] {
    return [...new Set(this.#objects.map(({ key }) => key))].sort();
  }

  async read(key: string, maximumBytes: number, version?: string): Promise<Uint8Array | null> {
    const body = this.#objects.findLast((object) => isMeant(object, key, version))?.body ?? null;
    if (body !== null && body.length > maximumBytes) throw workbookUnreadable(key, "tooLarge", 0);
    return body;
  }

  async write(key: string, body: Uint8Array): Promise<void> {
    this.#writes += 1;
    this.#objects.push({ key, version: `v${this.#writes}`, body });
  }

  async destroy(key: string, version?: string): Promise<void> {
    const kept = this.#objects.filter((object) => !isMeant(object, key, version));
    this.#objects.splice(0, this.#objects.length, ...kept);
  }
}

const isMeant = (
  object: { readonly key: string; readonly version: string },
  key: string,
  version: string | undefined,
): boolean => object.key === key && (version === undefined || object.version === version);
