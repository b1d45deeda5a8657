import { once } from "node:events";
import type { IncomingMessage } from "node:http";

/**
 * The whole body of a request, or undefined when it has more than `limit` bytes; what comes after the limit is read and
 * thrown away, so that the sender gets to read the refusal.
 */
export const boundedBody = async (request: IncomingMessage, limit: number): Promise<Buffer | undefined> => {
  const chunks: Buffer[] = [];
  let size = 0;
  request.on("data", (bytes: Buffer) => {
    size += bytes.length;
    if (size <= limit) {
      chunks.push(bytes);
    } else {
      chunks.length = 0;
    }
  });
  await once(request, "end");
  return size <= limit ? Buffer.concat(chunks, size) : undefined;
};
