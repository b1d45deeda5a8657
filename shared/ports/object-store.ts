/** An object with what its uploader said of it beside its bytes: S3's user metadata, whose names are in lower case. */
export interface DescribedObject {
  readonly bytes: Uint8Array;
  readonly metadata: Readonly<Record<string, string>>;
}

/** The uploads bucket. Where a version is named, only that one is meant: a newer upload under the same key is another matter. */
export interface ObjectStore {
  /** The object's bytes, or null when it is not there. Larger than `maximumBytes` is WorkbookUnreadable. Denied is thrown, never null. */
  read(key: string, maximumBytes: number, version?: string): Promise<Uint8Array | null>;
  /** The same with its metadata. */
  readDescribed(key: string, maximumBytes: number, version?: string): Promise<DescribedObject | null>;
  write(key: string, body: Uint8Array, contentType: string): Promise<void>;
  /** Removes this version for good, or the object with every version of it; removing what is not there is no error. */
  destroy(key: string, version?: string): Promise<void>;
}
