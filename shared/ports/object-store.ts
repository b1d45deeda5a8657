/** The uploads bucket. Where a version is named, only that one is meant: a newer upload under the same key is another matter. */
export interface ObjectStore {
  /** The object's bytes, or null when it is not there. Larger than `maximumBytes` is WorkbookUnreadable. Denied is thrown, never null. */
  read(key: string, maximumBytes: number, version?: string): Promise<Uint8Array | null>;
  write(key: string, body: Uint8Array, contentType: string): Promise<void>;
  /** Removes this version for good, or the object with every version of it; removing what is not there is no error. */
  destroy(key: string, version?: string): Promise<void>;
}
