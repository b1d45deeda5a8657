import { connect, createServer, type Socket } from "node:net";
import { wireMailboxName } from "../../infra/local/demo/seeding/mailbox-name.ts";
import { ClientOctets, type ClientPiece } from "./imap-commands.ts";
import { ServerOctets } from "./imap-responses.ts";
import { listenForTest } from "./listen-for-test.ts";
import { tieSockets } from "./tie-sockets.ts";

/** The labels of each message of All Mail, by its UID; one that is not among them has none. */
export type GmailLabels = Map<number, readonly string[]>;

/**
 * A loopback proxy in front of a server that announces X-GM-EXT-1 and knows nothing of it: it answers X-GM-LABELS as Gmail was seen to
 * in September 2026. Gmail's own labels are quoted, with the backslash doubled; members' are in modified UTF-7, bare or quoted; and
 * they stand before the UID.
 */
export const gmailProxy = async (
  server: { readonly host: string; readonly port: number },
  labels: GmailLabels,
): Promise<{ readonly host: "127.0.0.1"; readonly port: number }> => {
  const open = new Set<Socket>();
  const listener = createServer((client) => {
    const upstream = connect(server.port, server.host);
    const commands = new ClientOctets();
    const responses = new ServerOctets();
    /** Tags of commands that asked for labels. */
    const asking = new Set<string>();
    tieSockets(client, upstream, open);
    client.on("data", (octets: Buffer) => {
      for (const piece of commands.push(octets)) {
        if (piece.kind === "begins" && /^\S+ UID FETCH .*X-GM-LABELS/.test(piece.command.text)) {
          asking.add(piece.command.tag);
        }
        const said = withoutExtension(piece);
        if (said !== null) upstream.write(said);
      }
    });
    upstream.on("data", (octets: Buffer) => {
      for (const response of responses.push(octets)) {
        const text = response.toString("latin1");
        asking.delete(text.slice(0, text.indexOf(" ")));
        client.write(asking.size > 0 ? withLabels(text, labels) : text, "latin1");
      }
    });
  });
  return listenForTest(listener, open);
};

const withoutExtension = (piece: ClientPiece): Buffer | null => {
  if (piece.kind !== "octets") return null;
  const text = piece.octets.toString("latin1");
  if (piece.isLiteral || !/^\S+ UID FETCH /.test(text)) return piece.octets;
  return Buffer.from(text.replaceAll(/ X-GM-(LABELS|MSGID|THRID)/g, ""), "latin1");
};

const withLabels = (response: string, labels: GmailLabels): string => {
  const [, uid] = /^\* \d+ FETCH \(.*UID (\d+)/.exec(response) ?? [];
  if (uid === undefined) return response;
  const carried = (labels.get(Number(uid)) ?? []).map(written).join(" ");
  return response.replace("FETCH (", `FETCH (X-GM-LABELS (${carried}) `);
};

const written = (label: string): string => {
  const quoted = wireMailboxName(label);
  return /^"[A-Za-z0-9&,+/-]+"$/.test(quoted) ? quoted.slice(1, -1) : quoted;
};
