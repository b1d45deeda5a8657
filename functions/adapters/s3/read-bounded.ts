import { Readable } from "node:stream";

/** Reads a response's body, but never more than `maximumBytes` of it, whatever length it announced. */
export const readBounded = async (
  body: unknown,
  announcedBytes: number | undefined,
  maximumBytes: number,
  tooLarge: () => Error,
): Promise<Uint8Array> => {
  if (!(body instanceof Readable)) throw new Error("S3 answered without a body");
  if (announcedBytes !== undefined && announcedBytes > maximumBytes) {
    body.destroy();
    throw tooLarge();
  }
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    if (!Buffer.isBuffer(chunk)) throw new Error("S3 answered with something else than bytes");
    length += chunk.length;
    if (length > maximumBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};
