import { type Endpoint, endpointOf } from "./endpoint.ts";
import { exchangeTcp } from "./exchange-tcp.ts";
import { exchangeUdp } from "./exchange-udp.ts";
import { type Answer, askQuestion, type QuestionType } from "./message.ts";
import { NoAnswer } from "./no-answer.ts";

/** How long and how often a server is asked before it counts as silent. */
export interface Patience {
  readonly timeoutMilliseconds: number;
  readonly tries: number;
}

/** A lost datagram is asked for again; six seconds in all are more than any healthy server takes. */
export const usualPatience: Patience = { timeoutMilliseconds: 2_000, tries: 3 };

/**
 * Asks one server one question, again if it is silent, over TCP if the answer was cut off.
 * @throws NoAnswer with the last reason
 */
export const query = async (
  server: string,
  name: string,
  type: QuestionType,
  { recursive, patience }: { readonly recursive: boolean; readonly patience: Patience },
): Promise<Answer> => {
  const endpoint = await endpointOf(server);
  let last = new NoAnswer("it was not asked");
  for (let attempt = 0; attempt < patience.tries; attempt += 1) {
    try {
      return await exchange(endpoint, name, type, recursive, patience.timeoutMilliseconds);
    } catch (thrown) {
      if (!(thrown instanceof NoAnswer)) throw thrown;
      last = thrown;
    }
  }
  throw last;
};

const exchange = async (
  endpoint: Endpoint,
  name: string,
  type: QuestionType,
  recursive: boolean,
  timeoutMilliseconds: number,
): Promise<Answer> => {
  const answer = await exchangeUdp(endpoint, askQuestion(name, type, recursive), timeoutMilliseconds);
  return answer.truncated
    ? exchangeTcp(endpoint, askQuestion(name, type, recursive), timeoutMilliseconds)
    : answer;
};
