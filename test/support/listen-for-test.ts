import { once } from "node:events";
import type { Server, Socket } from "node:net";
import { onTestFinished } from "vitest";
import { z } from "zod";

/** Lets a server listen on a free loopback port for the running test; it ends with the test, and so do the open sockets. */
export const listenForTest = async (
  listener: Server,
  open: ReadonlySet<Socket>,
): Promise<{ readonly host: "127.0.0.1"; readonly port: number }> => {
  listener.listen(0, "127.0.0.1");
  await once(listener, "listening");
  onTestFinished(async () => {
    for (const socket of open) socket.destroy();
    listener.close();
    await once(listener, "close");
  });
  const { port } = z.object({ port: z.number() }).parse(listener.address());
  return { host: "127.0.0.1", port };
};
