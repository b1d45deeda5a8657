/**
 * Listens on the port asked for; without one on that of the last boot, because URLs of queues and links of pages have been
 * stored or sent somewhere, and on any free one when that is taken. @throws when the port asked for is taken.
 */
export const listenAt = async <Listening>(
  listen: (port: number) => Promise<Listening>,
  asked: number | undefined,
  lastPort: number,
): Promise<Listening> => {
  if (asked !== undefined) {
    return listen(asked);
  }
  try {
    return await listen(lastPort);
  } catch (thrown) {
    if (thrown instanceof Error && "code" in thrown && thrown.code === "EADDRINUSE") {
      return listen(0);
    }
    throw thrown;
  }
};
