/**
 * A folder's name as IMAP4rev1 wants it on the wire: modified UTF-7 in quotes (RFC 3501 §5.1.3).
 * The seeding writes below any client library, so it needs the encoding by itself.
 */
export function wireMailboxName(path: string): string {
  const encoded = path.replace(/&|[^\x20-\x7e]+/gu, (run) =>
    run === "&" ? "&-" : `&${modifiedBase64(run)}-`,
  );
  return `"${encoded.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

function modifiedBase64(run: string): string {
  return Buffer.from(run, "utf16le").swap16().toString("base64").replaceAll("=", "").replaceAll("/", ",");
}
