import { createHash, randomUUID } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { inOneCommit, openDatabase } from "../database.ts";
import { bodyRow, type ObjectFacts, objectFacts, schema, unversionedId } from "./object-row.ts";

/** Where in a listing of versions the next page begins. */
export interface VersionMarker {
  readonly key: string;
  readonly versionId: string;
}

/** The objects of all buckets and their versions. Keys sort by their UTF-8 bytes, as S3 lists them. */
export class ObjectStore {
  readonly #database: DatabaseSync;

  constructor(directory: string) {
    this.#database = openDatabase(directory, "objects.sqlite", schema);
    this.#emptyLog();
  }

  /** A new version, or, in a bucket without versions, in place of what was there. */
  put(
    bucket: string,
    key: string,
    body: Buffer,
    headers: Readonly<Record<string, string>>,
    isVersioned: boolean,
  ): ObjectFacts {
    return this.#insert({ bucket, key, body, headers, isVersioned, isDeleteMarker: false });
  }

  /** The version named, else the newest, which may be a delete marker. */
  facts(bucket: string, key: string, versionId?: string): ObjectFacts | undefined {
    const [found] = objectFacts(
      this.#database
        .prepare(
          `SELECT * FROM object WHERE bucket = ? AND key = ? AND version_id = coalesce(?, version_id)
           ORDER BY sequence DESC LIMIT 1`,
        )
        .all(bucket, key, versionId ?? null),
    );
    return found;
  }

  body(facts: ObjectFacts): Buffer {
    const row = this.#database.prepare("SELECT body FROM bytes WHERE sequence = ?").get(facts.sequence);
    return Buffer.from(bodyRow.parse(row).body);
  }

  /** Hides a key behind a delete marker, which is returned. */
  hide(bucket: string, key: string): ObjectFacts {
    const body = Buffer.alloc(0);
    return this.#insert({ bucket, key, body, headers: {}, isVersioned: true, isDeleteMarker: true });
  }

  /** Destroys one version with its bytes. */
  destroy(version: ObjectFacts): void {
    inOneCommit(this.#database, () => this.#remove(version));
    this.#emptyLog();
  }

  /** Up to `limit` keys that begin with `prefix`, come after `after` and are not hidden. */
  list(bucket: string, prefix: string, after: string, limit: number): ObjectFacts[] {
    return objectFacts(
      this.#database
        .prepare(
          `SELECT *, max(sequence) FROM object
           WHERE bucket = ? AND key > ? AND substr(key, 1, length(?)) = ?
           GROUP BY key HAVING is_delete_marker = 0 ORDER BY key LIMIT ?`,
        )
        .all(bucket, after, prefix, prefix, limit),
    );
  }

  /** Up to `limit` versions and delete markers in the order of their keys, the newest of a key first. */
  listVersions(
    bucket: string,
    prefix: string,
    after: VersionMarker | undefined,
    limit: number,
  ): ObjectFacts[] {
    const from = after === undefined ? undefined : this.facts(bucket, after.key, after.versionId);
    return objectFacts(
      this.#database
        .prepare(
          `SELECT * FROM object
           WHERE bucket = :bucket AND substr(key, 1, length(:prefix)) = :prefix
             AND (key > :after OR (key = :after AND sequence < :sequence))
           ORDER BY key, sequence DESC LIMIT :limit`,
        )
        .all({ bucket, prefix, after: after?.key ?? "", sequence: from?.sequence ?? 0, limit }),
    );
  }

  close(): void {
    this.#database.close();
  }

  /**
   * The write-ahead log goes on holding the bytes of what was destroyed, until it is written over by chance: a sheet with passwords
   * would lie in it for days. At the start as well, because the process may have been killed right after the commit.
   */
  #emptyLog(): void {
    this.#database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  }

  #remove({ sequence }: ObjectFacts): void {
    this.#database.prepare("DELETE FROM bytes WHERE sequence = ?").run(sequence);
    this.#database.prepare("DELETE FROM object WHERE sequence = ?").run(sequence);
  }

  #insert(object: {
    readonly bucket: string;
    readonly key: string;
    readonly body: Buffer;
    readonly headers: Readonly<Record<string, string>>;
    readonly isVersioned: boolean;
    readonly isDeleteMarker: boolean;
  }): ObjectFacts {
    const { bucket, key, body } = object;
    const versionId = object.isVersioned ? randomUUID().replaceAll("-", "") : unversionedId;
    return inOneCommit(this.#database, () => {
      const replaced = object.isVersioned ? undefined : this.facts(bucket, key, unversionedId);
      if (replaced !== undefined) {
        this.#remove(replaced);
      }
      const [made] = objectFacts(
        this.#database
          .prepare(
            `INSERT INTO object (bucket, key, version_id, is_delete_marker, size, etag, modified_at, headers)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING *`,
          )
          .all(
            bucket,
            key,
            versionId,
            object.isDeleteMarker ? 1 : 0,
            body.length,
            createHash("md5").update(body).digest("hex"),
            Date.now(),
            JSON.stringify(object.headers),
          ),
      );
      if (made === undefined) {
        throw new Error("SQLite returned no row for an insert");
      }
      this.#database.prepare("INSERT INTO bytes (sequence, body) VALUES (?, ?)").run(made.sequence, body);
      return made;
    });
  }
}
