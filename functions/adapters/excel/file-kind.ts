import { limits } from "./limits.ts";
import { Unreadable } from "./unreadable.ts";

/** An OLE compound file: an old `.xls`, or the shell that Excel puts around an encrypted `.xlsx` ([MS-OFFCRYPTO] §2.3). */
const compoundFile = Buffer.from("d0cf11e0a1b11ae1", "hex");
const encryptedPackage = Buffer.from("EncryptedPackage", "utf16le");
const zipFile = Buffer.from("PK\x03\x04", "latin1");

/** What an upload is, by its first bytes and, as plain text begins anyhow, by its name. @throws Unreadable for what is of no use */
export const fileKind = (bytes: Buffer, file: string): "workbook" | "csv" => {
  if (bytes.length === 0) throw new Unreadable("empty");
  if (bytes.length > limits.file) throw new Unreadable("tooLarge", limits.file / 1024 / 1024);
  const begins = (start: Buffer) => bytes.subarray(0, start.length).equals(start);
  if (begins(compoundFile)) throw new Unreadable(bytes.includes(encryptedPackage) ? "encrypted" : "oldExcel");
  if (begins(zipFile)) return "workbook";
  if (/\.(csv|tsv|txt)$/i.test(file)) return "csv";
  throw new Unreadable("otherKind");
};
