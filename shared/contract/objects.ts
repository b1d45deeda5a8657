import { z } from "zod";
import { MigrationId } from "./ids.ts";

/** Keys in the uploads bucket. Only what lands under `uploads/` starts an import. */
export const objectKeys = {
  accounts: (id: MigrationId, fileName: string) => `uploads/${id}/${fileName}`,
  directory: (id: MigrationId) => `directories/${id}/members.json`,
  reportWorkbook: (id: MigrationId) => `reports/${id}/report.xlsx`,
  reportDocument: (id: MigrationId) => `reports/${id}/report.json`,
} as const;

export const uploadsPrefix = "uploads/";

const UploadKey = z.templateLiteral([
  "uploads/",
  z.string().regex(/^[^/]+$/),
  "/",
  z.string().regex(/^[^/]+$/),
]);

/** Which migration an uploaded workbook belongs to, or null when the key is not of the form `uploads/<migration>/<file>`. */
export const parseUploadKey = (key: string): { migrationId: MigrationId; fileName: string } | null => {
  if (!UploadKey.safeParse(key).success) return null;
  const [, id, fileName] = key.split("/");
  const migrationId = MigrationId.safeParse(id);
  return migrationId.success && fileName !== undefined ? { migrationId: migrationId.data, fileName } : null;
};
