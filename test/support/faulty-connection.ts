import type { Socket } from "node:net";
import type { Fault, FaultPlan } from "./fault-proxy.ts";
import { ClientOctets, type ClientPiece } from "./imap-commands.ts";
import { ServerOctets } from "./imap-responses.ts";

/** One connection through the proxy: passes everything on, until a command meets its fault. */
export class FaultyConnection {
  readonly #client: Socket;
  readonly #server: Socket;
  readonly #plan: FaultPlan;
  readonly #commands = new ClientOctets();
  readonly #responses = new ServerOctets();
  /** Tags of APPENDs that are not answered yet, in order; with what the proxy answers in the server's place. */
  readonly #appends: { readonly tag: string; readonly answer: string | null; isDue: boolean }[] = [];
  /** The fault of the command that is being sent. */
  #sending: Fault | null = null;
  /** The fault whose answer is awaited. */
  #awaited: { readonly fault: Fault; readonly tag: string; withLiteral: number } | null = null;
  #stalled = false;
  /** What the server is to have only later. */
  #late: {
    readonly tag: string;
    readonly octets: Buffer[];
    readonly answered: PromiseWithResolvers<void>;
  } | null = null;

  constructor(client: Socket, server: Socket, plan: FaultPlan) {
    this.#client = client;
    this.#server = server;
    this.#plan = plan;
    client.on("data", (octets: Buffer) => {
      for (const piece of this.#commands.push(octets)) if (!this.#stalled) this.#fromClient(piece);
    });
    server.on("data", (octets: Buffer) => {
      for (const response of this.#responses.push(octets)) if (!this.#stalled) this.#fromServer(response);
    });
    for (const socket of [client, server]) {
      socket.on("error", () => this.#end());
      socket.on("close", () => this.#end());
    }
  }

  #end(): void {
    this.#client.destroy();
    if (this.#late !== null) return;
    this.#server.destroy();
  }

  #fromClient(piece: ClientPiece): void {
    if (piece.kind === "begins") this.#begins(piece.command.tag, piece.command.text);
    if (this.#sending?.does === "refuse") this.#refuses(piece);
    else if (piece.kind === "octets") this.#passes(piece.octets, piece.isLiteral);
    if (piece.kind !== "ends") return;
    if (this.#sending?.does === "deliver late") this.#client.destroy();
    this.#sending = null;
  }

  /** The rest of the connection goes with the command. */
  #holdsBack(tag: string): void {
    const late = { tag, octets: [] as Buffer[], answered: Promise.withResolvers<void>() };
    this.#late = late;
    this.#plan.late.push(() => {
      this.#server.write(Buffer.concat(late.octets));
      return late.answered.promise;
    });
  }

  #begins(tag: string, line: string): void {
    const fault = this.#plan.meet(line.slice(tag.length + 1));
    this.#sending = fault;
    if (/^\S+ APPEND /i.test(line)) {
      const answer = fault?.does === "refuse" ? `${tag} NO ${fault.words}\r\n` : null;
      this.#appends.push({ tag, answer, isDue: false });
    }
    if (fault?.does === "say BYE") {
      this.#stalled = true;
      this.#client.end("* BYE The server is going down.\r\n");
    } else if (fault?.does === "stall") this.#stalled = true;
    else if (fault?.does === "deliver late") this.#holdsBack(tag);
    else if (fault !== null) this.#awaited = { fault, tag, withLiteral: 0 };
  }

  /** The client does not hear about it before the commands it sent earlier are answered, as from a real server. */
  #refuses(piece: ClientPiece): void {
    if (piece.kind !== "asks" && piece.kind !== "ends") return;
    const append = this.#appends.find(({ answer, isDue }) => answer !== null && !isDue);
    if (append !== undefined) append.isDue = true;
    // Refused before its literal was sent, a command has no end.
    if (piece.kind === "asks") this.#commands.forget();
    if (piece.kind === "asks") this.#sending = null;
    this.#answerRefused();
  }

  #answerRefused(): void {
    for (
      let [first] = this.#appends;
      first?.isDue === true && first.answer !== null;
      [first] = this.#appends
    ) {
      this.#client.write(first.answer);
      this.#appends.shift();
    }
  }

  #passes(octets: Buffer, isLiteral: boolean): void {
    if (this.#stalled) return;
    if (this.#late !== null) {
      this.#late.octets.push(octets);
      return;
    }
    if (!isLiteral || this.#sending?.does !== "cut the literal") {
      this.#server.write(octets);
      return;
    }
    this.#stalled = true;
    this.#server.end(octets.subarray(0, octets.length >> 1));
    this.#client.destroy();
  }

  #fromServer(response: Buffer): void {
    const text = response.toString("latin1");
    const tag = text.slice(0, text.indexOf(" "));
    if (this.#late !== null) {
      if (tag === this.#late.tag) this.#delivered(this.#late);
      return;
    }
    const isLast = tag === this.#awaited?.tag;
    const { fault } = this.#awaited ?? { fault: null };
    if (this.#awaited !== null && isBody(text)) this.#awaited.withLiteral += 1;
    const isFirstBody = isBody(text) && this.#awaited?.withLiteral === 1;
    const isSecondBody = isBody(text) && this.#awaited?.withLiteral === 2;
    if (isLast) this.#awaited = null;
    if (fault?.does === "lose the answer" && isLast) this.#end();
    else if (fault?.does === "cut the answer" && isFirstBody) this.#cutAnswer(response);
    else if (fault?.does === "leave one out" && isSecondBody) return;
    else if (fault?.does === "reword" && isLast) this.#client.write(fault.reword(text), "latin1");
    else this.#client.write(response);
    if (this.#appends[0]?.tag === tag) this.#appends.shift();
    this.#answerRefused();
  }

  #delivered({ answered }: { readonly answered: PromiseWithResolvers<void> }): void {
    this.#late = null;
    this.#server.destroy();
    answered.resolve();
  }

  #cutAnswer(response: Buffer): void {
    this.#stalled = true;
    this.#client.end(response.subarray(0, response.length >> 1));
    this.#server.destroy();
  }
}

/** A FETCH response that carries a message. */
const isBody = (text: string): boolean => /^\* \d+ FETCH .*BODY\[\] \{\d+\}/.test(text.slice(0, 500));
