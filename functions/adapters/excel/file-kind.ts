import { limits } from "./limits.ts";
import { Unreadable } from "./unreadable.ts";

/** An OLE compound file: an old `.xls`, or the shell that Excel puts around an encrypted `.xlsx` ([MS-OFFCRYPTO] §2.3). */
const compoundFile = Buffer.from("d0cf11e0a1b11ae1", "hex");
const encryptedPackage = Buffer.from("EncryptedPackage", "utf16le");
const zipFile = Buffer.from("PK\x03\x04", "latin1");

/** @throws Unreadable saying what the file is instead of a zipped workbook */
export const requireWorkbookFile = (bytes: Buffer): void => {
  if (bytes.length === 0) throw new Unreadable("the file is empty");
  if (bytes.length > limits.file) throw new Unreadable(`it is larger than ${limits.file / 1024 / 1024} MB`);
  const begins = (start: Buffer) => bytes.subarray(0, start.length).equals(start);
  if (begins(compoundFile))
    throw new Unreadable(
      bytes.includes(encryptedPackage)
        ? "it is encrypted with a password"
        : "it is in the old .xls format of Excel 97-2003",
    );
  if (!begins(zipFile)) throw new Unreadable("it is not an .xlsx file (a text or .csv file, perhaps)");
};
