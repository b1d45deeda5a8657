import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/**
 * Makes a self-signed certificate for 127.0.0.1 and localhost in `directory/tls`, once, and returns its path.
 * A client that trusts it needs only this file as `ca`. Uses the openssl program, on which Debian's dovecot-core depends.
 *
 * @throws Error with openssl's own words.
 */
export async function ensureCertificate(directory: string): Promise<string> {
  const home = join(directory, "tls");
  const certificate = join(home, "certificate.pem");
  if (existsSync(certificate)) return certificate;
  await mkdir(home, { recursive: true });
  const kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "3650"];
  const name = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"];
  const files = ["-keyout", join(home, "key.pem"), "-out", certificate];
  await run("openssl", ["req", "-x509", ...kind, ...name, ...files], { timeout: 10_000 });
  return certificate;
}
