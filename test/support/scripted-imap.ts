import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { onTestFinished } from "vitest";
import { z } from "zod";

/** What is said to a command, at once or when it is known: whole lines; `TAG` stands for the command's tag. Undefined: the usual answer. */
export type ImapScript = (command: string) => string | Promise<string> | undefined;

/** Such a server. */
export interface ScriptedImap {
  readonly host: "127.0.0.1";
  readonly port: number;
  /** What it was asked; a line that is no command is `continued`. */
  readonly commands: readonly string[];
  /** Everything that was said to it, to the octet. */
  readonly said: () => string;
}

/** An IMAP server that says what a test wants to hear, for answers no real server gives on demand. */
export const scriptedImap = async (
  script: ImapScript,
  { greeting = "* OK ready", capability = "IMAP4rev1 AUTH=PLAIN UIDPLUS" } = {},
): Promise<ScriptedImap> => {
  const commands: string[] = [];
  let said = "";
  const open = new Set<Socket>();
  const usual = (command: string): string => {
    if (command.startsWith("CAPABILITY")) return `* CAPABILITY ${capability}\r\nTAG OK`;
    if (command.startsWith("NAMESPACE")) return '* NAMESPACE (("" "/")) NIL NIL\r\nTAG OK';
    if (command.startsWith("AUTHENTICATE")) return "+ ";
    if (command.startsWith("LIST")) return '* LIST () "/" INBOX\r\nTAG OK';
    if (/^(EXAMINE|SELECT)/.test(command)) {
      return "* 2 EXISTS\r\n* OK [UIDVALIDITY 1] ok\r\n* OK [UIDNEXT 3] ok\r\nTAG OK [READ-ONLY] ok";
    }
    return "TAG OK";
  };
  const listener = createServer((socket) => {
    open.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => open.delete(socket));
    let tag = "";
    const say = (text: string): void => {
      for (const line of text.split("\r\n")) socket.write(`${line.replace(/^TAG/, tag)}\r\n`);
    };
    say(greeting);
    let heard = "";
    socket.on("data", (chunk: Buffer) => {
      heard += chunk.toString("latin1");
      said += chunk.toString("latin1");
      for (let end = heard.indexOf("\r\n"); end !== -1; end = heard.indexOf("\r\n")) {
        const line = heard.slice(0, end);
        heard = heard.slice(end + 2);
        const [, lineTag, command] = /^(\w+) ([A-Z].*)$/.exec(line) ?? [];
        if (lineTag !== undefined) tag = lineTag;
        const said = command ?? "continued";
        commands.push(said);
        const answer = script(said) ?? (command === undefined ? "TAG OK done" : usual(command));
        if (typeof answer === "string") say(answer);
        else void answer.then(say);
      }
    });
  });
  listener.listen(0, "127.0.0.1");
  await once(listener, "listening");
  onTestFinished(async () => {
    for (const socket of open) socket.destroy();
    listener.close();
    await once(listener, "close");
  });
  const { port } = z.object({ port: z.number() }).parse(listener.address());
  return { host: "127.0.0.1", port, commands, said: () => said };
};
