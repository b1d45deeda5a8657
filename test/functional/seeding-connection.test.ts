import { createServer, type Socket } from "node:net";
import { expect, it } from "vitest";
import { openImap } from "../../infra/local/demo/seeding/imap-connection.ts";
import { listenForTest } from "../support/listen-for-test.ts";

it("a connection for seeding is closed, also by a server that breaks it off at the goodbye", async () => {
  const open = new Set<Socket>();
  const listener = createServer((socket) => {
    open.add(socket);
    socket.on("data", (chunk: Buffer) => {
      const [tag = "", command] = chunk.toString("latin1").trim().split(" ");
      if (command === "LOGOUT") socket.resetAndDestroy();
      else socket.write(`${tag} OK done\r\n`);
    });
  });
  const server = await listenForTest(listener, open);
  const user = { user: "someone", password: "secret" };
  const connection = await openImap({ ...server, ...user, tls: "none", certificate: undefined });
  await connection.close();
  await expect(connection.command("NOOP")).rejects.toThrow("closed");
});
