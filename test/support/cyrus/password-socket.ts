import { chmod } from "node:fs/promises";
import { createServer, type Server } from "node:net";

/** The longest question: four fields of up to 64 KB, of which honest ones use a few dozen bytes. */
const longestQuestion = 4_096;

/**
 * Answers whether a password is right, over a Unix socket as saslauthd does: four fields (user, password, service, realm), each
 * behind its length in two bytes, and an answer of the same form that begins with OK or NO.
 */
export const passwordSocket = async (
  path: string,
  isRight: (user: string, password: string) => boolean,
): Promise<Server> => {
  const server = createServer((socket) => {
    let heard = Buffer.alloc(0);
    socket.on("error", () => socket.destroy());
    socket.on("data", (bytes) => {
      heard = Buffer.concat([heard, bytes]);
      const fields = fieldsOf(heard);
      if (fields !== null) {
        const [user = "", password = "", , realm = ""] = fields;
        socket.end(asField(isRight(realm === "" ? user : `${user}@${realm}`, password) ? "OK" : "NO"));
      } else if (heard.length > longestQuestion) socket.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(path, resolve);
  });
  // The server that asks runs under another account.
  await chmod(path, 0o777);
  return server;
};

/** The four fields, or null while they are not all there. */
const fieldsOf = (bytes: Buffer): readonly string[] | null => {
  const fields: string[] = [];
  let start = 0;
  while (fields.length < 4) {
    if (bytes.length < start + 2) return null;
    const end = start + 2 + bytes.readUInt16BE(start);
    if (bytes.length < end) return null;
    fields.push(bytes.toString("utf8", start + 2, end));
    start = end;
  }
  return fields;
};

const asField = (text: string): Buffer => {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(Buffer.byteLength(text));
  return Buffer.concat([length, Buffer.from(text)]);
};
