import type { SourceServer, TargetServer } from "../contract/settings.ts";
import type { ServerAddress, Side } from "../ports/mail-server.ts";
import { providerNamed } from "./provider.ts";

/** IANA: imaps on 993; imap, which STARTTLS may secure, on 143. */
const usualPort = { implicit: 993, starttls: 143, none: 143 } as const;

/** Where a side's server listens: what the settings say, then the profile they name, then the usual port. */
export const serverAddress = (side: Side, server: SourceServer | TargetServer): ServerAddress => {
  const { host, tls, ca } = server;
  const profile = server.profile === undefined ? null : providerNamed(server.profile);
  const port = server.port ?? (profile?.imap.tls === tls ? profile.imap.port : usualPort[tls]);
  return { side, host, port, tls, ...(ca === undefined ? {} : { ca }) };
};

/** Whether a host is this machine itself, which mail may reach without TLS (RFC 1122 §3.2.1.3, RFC 4291 §2.5.3, RFC 6761 §6.3). */
export const isLoopback = (host: string): boolean => {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, "$1");
  return (
    /^127(?:\.\d{1,3}){3}$/.test(name) ||
    name === "::1" ||
    name === "localhost" ||
    name.endsWith(".localhost")
  );
};
