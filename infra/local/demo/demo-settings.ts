import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { RunningDemoCompany } from "./demo-company.ts";

/** Writes the demo company's `migration.json` beside its sheet and directory, as its administrator would, and returns its path. */
export const writeDemoSettings = async (
  directory: string,
  { company, source, target, files }: RunningDemoCompany,
  nameServer: string,
): Promise<string> => {
  if (target.masterUser === undefined) throw new Error("The demo company's new server has no master user.");
  const { user, password } = target.masterUser;
  const settings = {
    domain: company.domain,
    source: { host: source.host, port: source.port, tls: "none" },
    target: {
      kind: "imap",
      host: target.host,
      port: target.port,
      tls: "none",
      auth: { kind: "master", user, password },
    },
    directory: { kind: "file", path: files.members },
    mx: { resolvers: [nameServer], authoritative: [nameServer] },
  };
  const file = join(directory, "migration.json");
  // It holds the master user's password.
  await writeFile(file, `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600 });
  return file;
};
