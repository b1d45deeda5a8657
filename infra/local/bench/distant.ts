import type { Dovecot } from "../demo/dovecot/dovecot.ts";
import { startDelayLine } from "./delay-line.ts";

/** How to come to a server: all that who copies needs. */
export type Reached = Pick<Dovecot, "accessOf">;

/** A server as it is reached over a round trip; none means the server itself. */
export const atDistance = async (
  server: Dovecot,
  roundTripMilliseconds: number,
): Promise<{ readonly server: Reached; stop(): Promise<void> }> => {
  if (roundTripMilliseconds === 0) return { server, stop: async () => {} };
  const line = await startDelayLine(server, roundTripMilliseconds);
  const { host, port } = line;
  return {
    server: { accessOf: (user) => ({ ...server.accessOf(user), host, port }) },
    stop: () => line.stop(),
  };
};
