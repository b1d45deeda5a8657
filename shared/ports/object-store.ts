/** The uploads bucket. */
export interface ObjectStore {
  /** The object's bytes, or null when it is not there. Larger than `maximumBytes` is WorkbookUnreadable. Denied is thrown, never null. */
  read(key: string, maximumBytes: number): Promise<Uint8Array | null>;
  write(key: string, body: Uint8Array, contentType: string): Promise<void>;
  /** Removes the object with every version of it. */
  destroy(key: string): Promise<void>;
}
