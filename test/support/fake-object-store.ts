import { workbookUnreadable } from "../../shared/contract/workbook-unreadable.ts";
import type { DescribedObject, ObjectStore } from "../../shared/ports/object-store.ts";

/** A bucket in memory that keeps every version: `write` makes "v1", "v2" and so on, over all keys. */
export class FakeObjectStore implements ObjectStore {
  readonly #objects: {
    readonly key: string;
    readonly version: string;
    readonly body: Uint8Array;
    readonly metadata: DescribedObject["metadata"];
  }[] = [];
  #writes = 0;

  /** The keys of which any version is left. */
  keys(): readonly string[] {
    return [...new Set(this.#objects.map(({ key }) => key))].sort();
  }

  async read(key: string, maximumBytes: number, version?: string): Promise<Uint8Array | null> {
    return (await this.readDescribed(key, maximumBytes, version))?.bytes ?? null;
  }

  async readDescribed(key: string, maximumBytes: number, version?: string): Promise<DescribedObject | null> {
    const found = this.#objects.findLast((object) => isMeant(object, key, version));
    if (found === undefined) return null;
    if (found.body.length > maximumBytes) throw workbookUnreadable(key, "tooLarge", 0);
    return { bytes: found.body, metadata: found.metadata };
  }

  async write(key: string, body: Uint8Array): Promise<void> {
    this.upload(key, body);
  }

  /** As somebody outside writes it, who may say something of it. */
  upload(key: string, body: Uint8Array, metadata: DescribedObject["metadata"] = {}): void {
    this.#writes += 1;
    this.#objects.push({ key, version: `v${this.#writes}`, body, metadata });
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
