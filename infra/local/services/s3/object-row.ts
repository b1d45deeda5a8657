import { z } from "zod";

/** What is known about one version of an object besides its bytes. */
export interface ObjectFacts {
  /** Grows with every write, so that two events about one key can be put in order. */
  readonly sequence: number;
  readonly key: string;
  readonly versionId: string;
  /** A version without bytes that hides the older ones. */
  readonly isDeleteMarker: boolean;
  readonly size: number;
  /** MD5 in hexadecimal, without the quotes of the header. */
  readonly etag: string;
  /** Milliseconds since 1970. */
  readonly modifiedAt: number;
  /** Headers to give back as they came: content type, `x-amz-meta-*`, the checksum the uploader sent. */
  readonly headers: Readonly<Record<string, string>>;
}

/** The version id of an object in a bucket without versions. */
export const unversionedId = "null";

/**
 * Facts and bytes are written in one commit, so that a put is there whole or not at all; apart, so that a listing reads no
 * bytes. `secure_delete` overwrites what is deleted: an uploaded sheet holds passwords.
 */
export const schema = `
  PRAGMA secure_delete = ON;
  CREATE TABLE IF NOT EXISTS object (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    bucket TEXT NOT NULL,
    key TEXT NOT NULL,
    version_id TEXT NOT NULL,
    is_delete_marker INTEGER NOT NULL,
    size INTEGER NOT NULL,
    etag TEXT NOT NULL,
    modified_at INTEGER NOT NULL,
    headers TEXT NOT NULL,
    UNIQUE (bucket, key, version_id)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS bytes (sequence INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;
`;

const row = z
  .object({
    sequence: z.number(),
    key: z.string(),
    version_id: z.string(),
    is_delete_marker: z.number(),
    size: z.number(),
    etag: z.string(),
    modified_at: z.number(),
    headers: z.string().transform((text) => z.record(z.string(), z.string()).parse(JSON.parse(text))),
  })
  .transform(
    ({ version_id, is_delete_marker, modified_at, ...facts }): ObjectFacts => ({
      ...facts,
      versionId: version_id,
      isDeleteMarker: is_delete_marker === 1,
      modifiedAt: modified_at,
    }),
  );

/** Rows as SQLite gives them, checked. */
export const objectFacts = (found: readonly unknown[]): ObjectFacts[] => found.map((one) => row.parse(one));

export const bodyRow = z.object({ body: z.instanceof(Uint8Array) });
