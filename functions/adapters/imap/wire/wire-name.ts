import type { FolderPath } from "../../../../shared/contract/ids.ts";

/** A folder's name as a quoted string in modified UTF-7 (RFC 3501 §5.1.3), for where UTF8=ACCEPT is not enabled. */
export const writeName = (path: FolderPath): string => quoted(modifiedUtf7(path));

/** The same for where UTF8=ACCEPT is enabled (RFC 6855 §3): its octets, each as one character. */
export const writeUtf8Name = (path: FolderPath): string =>
  quoted(Buffer.from(path, "utf8").toString("latin1"));

/** A name as it is without the quotes around it. */
export const modifiedUtf7 = (name: string): string =>
  name.replace(/&|[^\x20-\x7e]+/gu, (run) => (run === "&" ? "&-" : `&${base64Of(run)}-`));

const quoted = (text: string): string => `"${text.replace(/["\\]/g, "\\$&")}"`;

/** UTF-16 in big-endian order, `,` for `/`, no padding. */
const base64Of = (run: string): string =>
  Buffer.from(run, "utf16le").swap16().toString("base64").replaceAll("=", "").replaceAll("/", ",");
