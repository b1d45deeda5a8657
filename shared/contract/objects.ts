import { z } from "zod";
import { MigrationId } from "./ids.ts";

/** Keys in the uploads bucket. Only what lands under `uploads/` starts an import. */
export const objectKeys = {
  accounts: (id: MigrationId, fileName: string) => `uploads/${id}/${fileName}`,
  /** A file of passwords for accounts that are there already. */
  passwords: (id: MigrationId, fileName: string) => `uploads/${id}/passwords/${fileName}`,
  directory: (id: MigrationId) => `directories/${id}/members.json`,
  /** The rows of an upload that could not be imported, to be mended. Of an endless file name the beginning will do: a key has 1,024 bytes. */
  importErrors: (id: MigrationId, fileName: string) =>
    `imports/${id}/${fileName.slice(0, 200).toWellFormed()}.errors.xlsx`,
  /** The same of a file of passwords, which may be called as a workbook of accounts was. */
  passwordErrors: (id: MigrationId, fileName: string) =>
    `imports/${id}/passwords/${fileName.slice(0, 200).toWellFormed()}.errors.xlsx`,
  reportWorkbook: (id: MigrationId) => `reports/${id}/report.xlsx`,
  reportDocument: (id: MigrationId) => `reports/${id}/report.json`,
} as const;

/**
 * What the uploader of a workbook may say of it, as user metadata (`x-amz-meta-finish-accounts: true`): no more accounts are waited for
 * when it has brought some, as if an operator had said so right behind it (下一步).
 */
export const finishesAccounts = { "finish-accounts": "true" } as const;

/** Whether an object's user metadata says so. */
export const saysFinishAccounts = (metadata: Readonly<Record<string, string>>): boolean =>
  Object.entries(finishesAccounts).every(([name, value]) => metadata[name] === value);

export const uploadsPrefix = "uploads/";

const UploadKey = z.tuple([z.literal("uploads"), MigrationId, z.string().min(1)]);
const PasswordsKey = z.tuple([z.literal("uploads"), MigrationId, z.literal("passwords"), z.string().min(1)]);

/** An uploaded file: whose it is, and what it is called. */
export interface UploadPlace {
  readonly migrationId: MigrationId;
  readonly fileName: string;
}

/** Which migration an uploaded workbook belongs to, or null when the key is not of the form `uploads/<migration>/<file>`. */
export const parseUploadKey = (key: string): UploadPlace | null => {
  const parts = UploadKey.safeParse(key.split("/"));
  return parts.success ? { migrationId: parts.data[1], fileName: parts.data[2] } : null;
};

/** The same for a file of passwords, `uploads/<migration>/passwords/<file>`. */
export const parsePasswordsKey = (key: string): UploadPlace | null => {
  const parts = PasswordsKey.safeParse(key.split("/"));
  return parts.success ? { migrationId: parts.data[1], fileName: parts.data[3] } : null;
};
