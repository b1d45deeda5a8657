import type { OpenImapFlow } from "./imapflow-internals.ts";

/** Whose flight is being put together at this moment. */
const gathering = new WeakSet<OpenImapFlow>();

/**
 * Lets imapflow send commands in one go that it would send one after the other, each after the answer to the one before. They are answered
 * in their order (RFC 3501 §5.5), and each becomes imapflow's current command when its turn to be answered comes. Only for
 * commands without literals that do not depend on one another's answers, on a connection where nothing else is asked meanwhile.
 *
 * Each of `ask` has put its command, if it has one, into imapflow's queue when the call returns. A refusal does not touch the others, but
 * only the last one may let it out: nobody waits for the answers behind a failure. What is sent together by one of `ask` goes along.
 */
export const sendTogether = async (
  client: OpenImapFlow,
  ask: readonly (() => Promise<unknown>)[],
): Promise<readonly unknown[]> => {
  if (gathering.has(client)) return Promise.all(ask.map((command) => command()));
  const trySend = client.trySend.bind(client);
  client.trySend = async () => undefined;
  gathering.add(client);
  const answers = Promise.all(ask.map((command) => command()));
  gathering.delete(client);
  // Awaited below; until then a failure must not count as unhandled.
  answers.catch(() => undefined);
  const together = new Set(client.requestQueue);
  client.trySend = async () => {
    const [next] = client.requestQueue;
    if (next === undefined || !together.has(next)) await trySend();
    else if (client.currentRequest === false) client.currentRequest = client.requestQueue.shift() ?? false;
  };
  try {
    await client.trySend();
    // One after the other: imapflow keeps what it is writing in one place.
    const { writeSocket } = client;
    writeSocket.cork();
    try {
      for (const request of together) {
        await client.send(request);
        request.sent = true;
      }
    } finally {
      writeSocket.uncork();
    }
    return await answers;
  } finally {
    client.trySend = trySend;
  }
};

/** So many commands go out in one flight at most: a server holds only so much that it has not yet read, or answered. */
const longestFlight = 50;

/** Cuts what is to be asked into flights, in its order. */
export const flightsOf = <Ask>(ask: readonly Ask[]): readonly (readonly Ask[])[] =>
  Array.from({ length: Math.ceil(ask.length / longestFlight) }, (_, flight) =>
    ask.slice(flight * longestFlight, (flight + 1) * longestFlight),
  );
