import type { Socket } from "node:net";

/** Lets the two ends of a relayed connection end together, and keeps both in `open` while they live. */
export const tieSockets = (client: Socket, upstream: Socket, open: Set<Socket>): void => {
  for (const [socket, other] of [
    [client, upstream],
    [upstream, client],
  ] as const) {
    open.add(socket);
    socket.on("error", () => other.destroy());
    socket.on("close", () => {
      open.delete(socket);
      other.end();
    });
  }
};
