import { Gateway } from "./gateway.ts";

/**
 * Listens on the port asked for; without one on that of the last boot, because URLs of queues may have been stored
 * somewhere, and on any free one when that is taken. @throws when the port asked for is taken.
 */
export const listenAt = async (
  accessKeyId: string,
  asked: number | undefined,
  lastPort: number,
): Promise<Gateway> => {
  if (asked !== undefined) {
    return Gateway.listen(accessKeyId, asked);
  }
  try {
    return await Gateway.listen(accessKeyId, lastPort);
  } catch (thrown) {
    if (thrown instanceof Error && "code" in thrown && thrown.code === "EADDRINUSE") {
      return Gateway.listen(accessKeyId, 0);
    }
    throw thrown;
  }
};
