import type { Dovecot } from "../demo/dovecot/dovecot.ts";
import { atDistance, type Reached } from "./distant.ts";
import type { ServerPair } from "./server-pair.ts";

/** Both servers as who copies comes to them, and the target itself. */
export interface Ends {
  readonly source: Reached;
  readonly target: Reached;
  readonly targetServer: Dovecot;
}

/** Runs what copies into a new and empty target, both servers so far away. */
export const intoFresh = async <Result>(
  servers: ServerPair,
  roundTripMilliseconds: number,
  use: (ends: Ends) => Promise<Result>,
): Promise<Result> => {
  const targetServer = await servers.freshTarget();
  const from = await atDistance(servers.source, roundTripMilliseconds);
  const to = await atDistance(targetServer, roundTripMilliseconds);
  try {
    return await use({ source: from.server, target: to.server, targetServer });
  } finally {
    await Promise.all([from.stop(), to.stop()]);
  }
};
