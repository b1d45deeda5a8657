import { createServer, type Socket } from "node:net";
import { ClientOctets } from "./imap-commands.ts";
import { listenForTest } from "./listen-for-test.ts";

/** A message as it was appended, with the folder's name as it came over the connection. */
export interface Utf8Append {
  readonly name: string;
  readonly raw: Buffer;
  /** Whether UTF8=ACCEPT was enabled on its connection. */
  readonly isEnabled: boolean;
}

/** A server that keeps to the letter of RFC 6855 (and RFC 9755), for one folder beside INBOX. */
export interface Utf8Server {
  readonly host: "127.0.0.1";
  readonly port: number;
  readonly appended: readonly Utf8Append[];
  /** Commands that named the folder in the form that the state of their connection forbids. */
  readonly misnamed: readonly string[];
  /** APPENDs that were refused for 8-bit octets in the header. */
  readonly refusals: () => number;
}

/** A folder's name in both of its forms. */
export interface Utf8Folder {
  readonly utf8: string;
  readonly modifiedUtf7: string;
}

const capability = "IMAP4rev1 AUTH=PLAIN UIDPLUS LITERAL+ MULTIAPPEND ENABLE UTF8=ACCEPT NAMESPACE";

/**
 * Names are UTF-8 where UTF8=ACCEPT is enabled and modified UTF-7 elsewhere (§3), and where it is not enabled an APPEND with 8-bit
 * octets in its header is refused (§4).
 */
export const utf8Imap = async (folder: Utf8Folder): Promise<Utf8Server> => {
  const appended: Utf8Append[] = [];
  const misnamed: string[] = [];
  const open = new Set<Socket>();
  let refusals = 0;

  const serve = (socket: Socket): void => {
    const octets = new ClientOctets();
    let isEnabled = false;
    let literal: Buffer[] = [];
    let sizes: readonly number[] = [];
    const say = (...lines: readonly string[]): void => {
      socket.write(lines.map((line) => `${line}\r\n`).join(""), "utf8");
    };
    const append = (tag: string, text: string): void => {
      const [, name = ""] = /^\S+ APPEND "?([^"]*?)"? \(/i.exec(text) ?? [];
      const all = Buffer.concat(literal);
      const ends = sizes.map((_, index) => sizes.slice(0, index + 1).reduce((sum, size) => sum + size, 0));
      const messages = ends.map((end, index) => all.subarray(end - (sizes[index] ?? 0), end));
      if (!isEnabled && messages.some(hasEightBitHeader)) {
        refusals += 1;
        say(`${tag} NO 8-bit octets in the header.`);
        return;
      }
      const first = appended.length + 1;
      appended.push(...messages.map((raw) => ({ name, raw: Buffer.from(raw), isEnabled })));
      const uids = messages.length === 1 ? `${first}` : `${first}:${appended.length}`;
      say(`${tag} OK [APPENDUID 1 ${uids}] done`);
    };
    const answer = (tag: string, verb: string, text: string): void => {
      const [right, wrong] = isEnabled
        ? [folder.utf8, folder.modifiedUtf7]
        : [folder.modifiedUtf7, folder.utf8];
      if (text.includes(wrong)) misnamed.push(text);
      if (verb === "APPEND") append(tag, text);
      else if (verb === "ENABLE") {
        isEnabled = /UTF8=ACCEPT/i.test(text);
        say("* ENABLED UTF8=ACCEPT", `${tag} OK enabled`);
      } else if (verb === "LIST" || verb === "LSUB") {
        say(`* ${verb} () "/" INBOX`, `* ${verb} () "/" "${right}"`, `${tag} OK listed`);
      } else if (verb === "STATUS") {
        const [, name = ""] = /STATUS (.*) \(/i.exec(text) ?? [];
        say(`* STATUS ${name} (MESSAGES 0 UIDNEXT 1 UIDVALIDITY 1)`, `${tag} OK status`);
      } else if (verb === "CAPABILITY") say(`* CAPABILITY ${capability}`, `${tag} OK capable`);
      else if (verb === "NAMESPACE") say('* NAMESPACE (("" "/")) NIL NIL', `${tag} OK spaces`);
      else if (verb === "EXAMINE" || verb === "SELECT") {
        say("* 0 EXISTS", "* OK [UIDVALIDITY 1] ok", "* OK [UIDNEXT 1] ok", `${tag} OK [READ-ONLY] ok`);
      } else say(`${tag} OK done`);
    };
    open.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => open.delete(socket));
    socket.on("data", (chunk: Buffer) => {
      for (const piece of octets.push(chunk)) {
        if (piece.kind === "asks") say("+ go on");
        if (piece.kind === "octets" && piece.isLiteral) literal.push(piece.octets);
        if (piece.kind !== "ends") continue;
        const { tag, verb } = piece.command;
        const text = Buffer.from(piece.command.text, "latin1").toString("utf8");
        sizes = [...text.matchAll(/\{(\d+)\+?\}/g)].map(([, size]) => Number(size));
        answer(tag, verb, text);
        literal = [];
      }
    });
    say(`* OK [CAPABILITY ${capability.replace("AUTH=PLAIN ", "")}] ready`);
  };

  const at = await listenForTest(createServer(serve), open);
  return { ...at, appended, misnamed, refusals: () => refusals };
};

const hasEightBitHeader = (raw: Buffer): boolean => {
  const end = raw.indexOf("\r\n\r\n");
  return raw.subarray(0, end < 0 ? raw.length : end).some((octet) => octet > 0x7f);
};
