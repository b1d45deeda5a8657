import { type Peer, programOnPath, timeCommands } from "./peer.ts";

const program = programOnPath("doveadm", "/usr/local/bin:/usr/bin");

/**
 * doveadm backup: it reads over IMAP and writes the target's storage directly, so it is a bound rather than a peer, and one that
 * only the target's own administrator has.
 */
export const doveadm: Peer = {
  name: "doveadm backup",
  from: "Debian's package dovecot-core",
  isInstalled: () => program !== null,
  time: ({ source, targetServer, users }) =>
    timeCommands(
      users.map((user) => {
        const { host, port, password } = source.accessOf(user);
        const far = {
          imapc_host: host,
          imapc_port: String(port),
          imapc_user: user,
          imapc_password: password,
          imapc_features: "rfc822.size fetch-headers",
          mail_prefetch_count: "20",
        };
        const settings = Object.entries(far).flatMap(([name, value]) => ["-o", `${name}=${value}`]);
        const words = ["backup", "-R", "-u", user, "imapc:"];
        return targetServer.commandFor([program ?? "doveadm", ...settings, ...words]);
      }),
    ),
};
