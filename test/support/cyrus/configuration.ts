import { join } from "node:path";
import type { RunningAccount } from "../../../infra/local/demo/dovecot/running-account.ts";

/** What a test may want to be different. */
export interface CyrusOptions {
  /** Replaces what is not ASCII in header lines by an X, as Cyrus does where nobody forbids it. */
  readonly changesHeaders: boolean;
}

/** Where the parts of one Cyrus lie. */
export interface CyrusLayout extends CyrusOptions {
  /** Mail and databases. */
  readonly directory: string;
  /** Sockets, whose paths must be short. */
  readonly runDirectory: string;
  readonly port: number;
  /** Stands in the greeting, by which the starter recognises its own server. */
  readonly token: string;
}

/** `imapd.conf`. Separator and prefix are Cyrus' own: `.` and `INBOX.`. Mailboxes are made when they are first entered. */
export const imapdConfiguration = (
  { directory, runDirectory, token, changesHeaders }: CyrusLayout,
  { user, group }: RunningAccount,
): string =>
  asLines({
    configdirectory: join(directory, "conf"),
    "partition-default": join(directory, "spool"),
    defaultpartition: "default",
    proc_path: join(runDirectory, "proc"),
    mboxname_lockpath: join(runDirectory, "lock"),
    idlesocket: join(runDirectory, "idle"),
    notifysocket: join(runDirectory, "notify"),
    cyrus_user: user,
    cyrus_group: group,
    servername: token,
    allowplaintext: "yes",
    sasl_mech_list: "PLAIN",
    sasl_pwcheck_method: "saslauthd",
    sasl_saslauthd_path: join(runDirectory, "mux"),
    virtdomains: "userid",
    // Another one than the accounts have: of its own domain Cyrus would hand over the bare name.
    defaultdomain: "cyrus.example",
    unixhierarchysep: "no",
    altnamespace: "no",
    autocreate_quota: "0",
    munge8bit: changesHeaders ? "yes" : "no",
  });

/** `cyrus.conf`: nothing but IMAP on loopback. */
export const masterConfiguration = ({ port }: CyrusLayout, imapd: string, imapdConf: string): string =>
  [
    "START {\n}",
    `SERVICES {\n  imap cmd="${imapd} -C ${imapdConf}" listen="127.0.0.1:${port}" proto="tcp4" prefork=1 maxchild=50\n}`,
    "EVENTS {\n}",
    "",
  ].join("\n");

const asLines = (settings: Readonly<Record<string, string>>): string =>
  `${Object.entries(settings)
    .map(([name, value]) => `${name}: ${value}`)
    .join("\n")}\n`;
