import { ImapFlow, type ImapFlowOptions } from "imapflow";
import { largestMessage } from "../../../shared/copy/refusal.ts";
import type { Login, ServerAddress } from "../../../shared/ports/mail-server.ts";
import { beginQuickly, lookOnly } from "./begin-session.ts";
import { isOpen } from "./imapflow-internals.ts";
import { Opening } from "./opening.ts";

/** A connection with what imapflow only tells its log. */
export interface Connection {
  readonly client: ImapFlow;
  readonly opening: Opening;
  readonly server: ServerAddress;
  /** For messages to people. */
  readonly mailbox: string;
  /** How many lines of the server could not be read so far. imapflow passes over them, which must not look like an absence. */
  unreadableLines(): number;
  /** From now on notes the response code (RFC 5530) of the last NO or BAD: imapflow answers a bare `false` to some refusals. */
  watchRefusals(): () => string | null;
}

/** DNS, TCP and TLS together; a server that takes longer is not there. */
const connectMilliseconds = 15_000;
const greetingMilliseconds = 15_000;
/** Servers take their time over huge folders, but a worker has only five minutes. */
const usualSilenceMilliseconds = 90_000;
/** A line without literals: flags, folder names, response texts. */
const longestLine = 8_388_608;

/** How a connection is used. */
export interface ConnectionOptions {
  /** @default "session" */
  readonly use?: "session" | "much mail";
}

/** Prepares a connection; without a login it is for looking only. */
export const prepareConnection = (
  server: ServerAddress,
  login: Login | null,
  { use = "session" }: ConnectionOptions = {},
): Connection => {
  let unreadable = 0;
  const watches = new Set<(code: string | null) => void>();
  const client = new ImapFlow({
    ...transportOptions(server),
    ...(login === null ? {} : { auth: authOf(login) }),
    clientInfo: { name: "mailferry", version: "1", vendor: "mailferry", "support-url": "" },
    logger: watchfulLogger(() => {
      unreadable += 1;
    }),
    // IMAP4rev2 has no LSUB, and the subscriptions are part of what is moved.
    disableIMAP4rev2: true,
    disableAutoIdle: true,
    disableAutoEnable: use === "much mail",
    // Mail hardly shrinks, and the worker's processor time is what is paid for.
    disableCompression: true,
  });
  const isQuick = login !== null && isOpen(client);
  const opening = new Opening(client, server, !isQuick);
  if (isQuick) beginQuickly(client, login, use === "session" ? opening : null);
  else if (login === null && isOpen(client)) lookOnly(client);
  // Without a listener an error event ends the process; the command that meets it rejects by itself.
  client.on("error", () => undefined);
  client.on("response", ({ response, code }) => {
    if (response.toUpperCase() === "OK") return;
    for (const note of watches) note(typeof code === "string" ? code.toUpperCase() : null);
  });
  return {
    client,
    opening,
    server,
    mailbox: login?.mailbox ?? server.host,
    unreadableLines: () => unreadable,
    watchRefusals: () => {
      let last: string | null = null;
      const note = (code: string | null): void => {
        last = code;
      };
      watches.add(note);
      return () => {
        watches.delete(note);
        return last;
      };
    },
  };
};

/** How long the server may be silent while an answer is due. */
export const silenceOf = ({ silenceMilliseconds = usualSilenceMilliseconds }: ServerAddress): number =>
  silenceMilliseconds;

const transportOptions = (server: ServerAddress): ImapFlowOptions => ({
  ...addressOptions(server),
  socketTimeout: silenceOf(server),
  connectionTimeout: connectMilliseconds,
  greetingTimeout: greetingMilliseconds,
  maxLineLength: longestLine,
  // A little above the largest message that is asked for; the response holds the metadata as well.
  maxLiteralSize: largestMessage + longestLine,
  maxResponseSize: largestMessage + 2 * longestLine,
});

const addressOptions = ({ host, port, tls, ca }: ServerAddress): ImapFlowOptions => ({
  host,
  port,
  secure: tls === "implicit",
  ...(tls === "implicit" ? {} : { doSTARTTLS: tls === "starttls" }),
  tls: { rejectUnauthorized: true, minVersion: "TLSv1.2", ...(ca === undefined ? {} : { ca }) },
});

/** An authorisation id exists only in SASL PLAIN; another mechanism would enter the master's own mailbox. */
const authOf = (login: Login): NonNullable<ImapFlowOptions["auth"]> => {
  const { user, password, accessToken, authorizationId } = login;
  if (accessToken !== undefined) return { user, accessToken };
  return {
    user,
    pass: password,
    ...(authorizationId === undefined ? {} : { authzid: authorizationId, loginMethod: "AUTH=PLAIN" }),
  };
};

const watchfulLogger = (unreadable: () => void): NonNullable<ImapFlowOptions["logger"]> => ({
  debug: () => undefined,
  info: () => undefined,
  warn: (entry: unknown) => {
    if (isAbout(entry, "Failed to process untagged response")) unreadable();
  },
  error: (entry: unknown) => {
    if (typeof entry === "object" && entry !== null && "payloadBytes" in entry) unreadable();
  },
});

const isAbout = (entry: unknown, message: string): boolean =>
  typeof entry === "object" && entry !== null && "msg" in entry && entry.msg === message;
