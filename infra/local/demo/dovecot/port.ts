import { randomInt } from "node:crypto";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { connect as connectTls } from "node:tls";

/**
 * A port of 127.0.0.1 that was free a moment ago; the caller must still be ready to find it taken.
 * It lies below the range from which Linux gives ports to outgoing connections (32768 and up, ip(7)): one of those
 * could take it between this look and the server's start.
 */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const port = randomInt(20_000, 32_000);
    if (await canListen(port)) return port;
  }
  throw new Error("No free port was found on 127.0.0.1 between 20000 and 32000.");
}

async function canListen(port: number): Promise<boolean> {
  const probe = createServer().listen(port, "127.0.0.1");
  try {
    await once(probe, "listening");
  } catch {
    return false;
  }
  probe.close();
  await once(probe, "close");
  return true;
}

/**
 * Whether a server on the port greets with a line that holds `token`, within one second.
 * Dovecot first says `* OK Waiting for authentication process to respond..`, so one line is not enough.
 */
export function greetsWith(token: string, port: number, encrypted: boolean): Promise<boolean> {
  return new Promise((resolve) => {
    const options = { host: "127.0.0.1", port };
    // Whether the right server answers is settled by the token; its certificate is not yet anyone's to trust.
    const socket = encrypted ? connectTls({ ...options, rejectUnauthorized: false }) : connect(options);
    let heard = "";
    const end = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(1_000, () => end(false));
    socket.on("error", () => end(false));
    socket.on("close", () => end(false));
    socket.on("data", (bytes: Buffer) => {
      heard += bytes.toString("latin1");
      if (heard.includes(token)) end(true);
      else if (heard.length > 8_192) end(false);
    });
  });
}
