import { AuthenticationFailure, type ImapFlow } from "imapflow";
import { z } from "zod";
import type { ServerAddress } from "../../../shared/ports/mail-server.ts";
import { commandFailure } from "./failure.ts";
import { isOpen, type OpenImapFlow } from "./imapflow-internals.ts";
import { sendTogether } from "./send-together.ts";

/** IMAP4rev2 is left out: it has no LSUB, and the subscriptions are part of what is moved. */
const extensions: readonly string[] = ["CONDSTORE", "UTF8=ACCEPT"];

/**
 * What a session says and asks before anything else: ID (NetEase wants it after the login), ENABLE and NAMESPACE. It goes out in one go,
 * and where that can be along with the first thing that is asked, so that it costs no round trip. One call at a time.
 */
export class Opening {
  readonly #client: ImapFlow;
  readonly #server: ServerAddress;
  #isDone: boolean;

  /** `isDone` where imapflow does it by itself. */
  constructor(client: ImapFlow, server: ServerAddress, isDone: boolean) {
    this.#client = client;
    this.#server = server;
    this.#isDone = isDone;
  }

  /** Whether it has gone out, so that nothing can go out along with it any more. */
  get isDone(): boolean {
    return this.#isDone;
  }

  /**
   * Opens at the end of the login, unless it may wait for the first question. Exchange tells only in answer to it that it has let nobody in;
   * it has no ENABLE. @throws what imapflow throws
   */
  async afterLogin(): Promise<void> {
    if (!this.#client.capabilities.has("ENABLE")) await this.#send(async () => undefined);
  }

  /** Opens, if that is not done. @throws ConnectionLost */
  open(): Promise<void> {
    return this.along(async () => undefined);
  }

  /**
   * Asks along with it, so that the question is put before the namespace is known and before anything is enabled. Where the answer
   * turns out not to hold then, it is asked again. @throws ConnectionLost, and what the question throws
   */
  async along<Answer>(ask: () => Promise<Answer>, holds: () => boolean = () => true): Promise<Answer> {
    if (this.#isDone) return ask();
    try {
      const answer = await this.#send(ask);
      return holds() ? answer : await ask();
    } catch (thrown) {
      throw commandFailure(this.#server, thrown);
    }
  }

  async #send<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    this.#isDone = true;
    const client = this.#client;
    if (!isOpen(client)) return ask();
    const asked: Promise<Answer>[] = [];
    const last = (): Promise<Answer> => {
      const answer = ask();
      asked.push(answer);
      return answer;
    };
    const [, , namespace] = await sendTogether(client, [...greetings(client), last]);
    requireLetIn(namespace);
    return asked[0] ?? ask();
  }
}

const greetings = (client: OpenImapFlow) => [
  () => client.run("ID", client.clientInfo),
  () => client.run("ENABLE", extensions),
  () => client.run("NAMESPACE"),
];

const Refused = z.object({ error: z.literal(true), status: z.literal("BAD"), text: z.string() });

const requireLetIn = (namespace: unknown): void => {
  const refusal = Refused.safeParse(namespace).data;
  if (refusal === undefined || !/User is authenticated but not connected/i.test(refusal.text)) return;
  throw Object.assign(new AuthenticationFailure("Authentication failed"), { response: refusal.text });
};
