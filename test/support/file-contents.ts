import { readFile } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { gunzipSync, inflateRawSync } from "node:zlib";
import { z } from "zod";

/** Something that lies in a file, and where in it. */
export interface Content {
  readonly where: string;
  readonly bytes: Buffer;
}

/**
 * Everything that can be read out of a file of the local cloud: its bytes, every cell of an SQLite database (a long one is cut into
 * pieces across pages), and what is packed in any of them (workbooks, gzip). LevelDB packs its tables with an algorithm that Node
 * does not have; it writes them when it is opened again or has much to keep, so a search must be of a cloud that was booted once.
 * @throws Error for such a table: what cannot be read must not be taken for clean
 */
export const contentsOf = async (path: string): Promise<readonly Content[]> => {
  if (path.endsWith(".ldb")) throw new Error(`${path} is a packed table of LevelDB and cannot be searched`);
  const bytes = await readFile(path);
  const isDatabase = bytes.subarray(0, sqliteMagic.length).equals(sqliteMagic);
  return [{ where: "", bytes }, ...(isDatabase ? cellsOf(path) : [])].flatMap((content) => [
    content,
    ...unpacked(content),
  ]);
};

const sqliteMagic = Buffer.from("SQLite format 3\0", "latin1");

const Names = z.array(z.object({ name: z.string() }));

const cellsOf = (path: string): Content[] => {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const tables = Names.parse(database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all());
    return tables.flatMap(({ name }) =>
      database
        .prepare(`SELECT * FROM "${name}"`)
        .all()
        .flatMap((row) => Object.entries(row))
        .map(([column, cell]) => ({ where: ` (${name}.${column})`, bytes: bytesOf(cell) })),
    );
  } finally {
    database.close();
  }
};

const bytesOf = (cell: unknown): Buffer =>
  cell instanceof Uint8Array ? Buffer.from(cell) : Buffer.from(String(cell), "utf8");

const unpacked = ({ where, bytes }: Content): Content[] => [
  ...zipEntries(bytes).map((entry) => ({ where: `${where} (packed)`, bytes: entry })),
  ...(bytes.length > 2 && bytes.readUInt16BE(0) === gzipMagic
    ? [{ where: `${where} (packed)`, bytes: gunzipSync(bytes) }]
    : []),
];

const gzipMagic = 0x1f8b;
const localHeader = Buffer.from("PK\x03\x04", "latin1");
const localHeaderBytes = 30;

/** Of every local file header (APPNOTE 4.3.7) wherever it lies, so that what is left of a deleted archive is found too. */
const zipEntries = (bytes: Buffer): Buffer[] => {
  const entries: Buffer[] = [];
  for (let at = bytes.indexOf(localHeader); at !== -1; at = bytes.indexOf(localHeader, at + 1)) {
    if (at + localHeaderBytes > bytes.length) break;
    const data = at + localHeaderBytes + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
    const entry = inflated(bytes.subarray(data));
    if (entry !== undefined) entries.push(entry);
  }
  return entries;
};

/** Undefined for what is no deflated stream: an entry that is stored as it is was searched already. */
const inflated = (bytes: Buffer): Buffer | undefined => {
  try {
    return inflateRawSync(bytes);
  } catch {
    return undefined;
  }
};
