import type { FolderPath } from "../../../../shared/contract/ids.ts";

/** A folder's name as a quoted string in modified UTF-7 (RFC 3501 §5.1.3): UTF8=ACCEPT is not enabled where this is used. */
export const writeName = (path: FolderPath): string => {
  const encoded = path.replace(/&|[^\x20-\x7e]+/gu, (run) => (run === "&" ? "&-" : `&${base64Of(run)}-`));
  return `"${encoded.replace(/["\\]/g, "\\$&")}"`;
};

/** UTF-16 in big-endian order, `,` for `/`, no padding. */
const base64Of = (run: string): string =>
  Buffer.from(run, "utf16le").swap16().toString("base64").replaceAll("=", "").replaceAll("/", ",");
