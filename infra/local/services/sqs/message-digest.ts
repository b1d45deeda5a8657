import { createHash } from "node:crypto";
import type { MessageAttribute } from "./queue.ts";

/** MD5 of a body; the SDK compares it and refuses the message when it differs. */
export const digestOfBody = (body: string): string => createHash("md5").update(body).digest("hex");

/**
 * MD5 over the attributes in SQS's own binary form: by name, each of name, type and value preceded by its length, the
 * value by 1 for text or 2 for binary
 * (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html).
 * Undefined when there are none.
 */
export const digestOfAttributes = (
  attributes: Readonly<Record<string, MessageAttribute>>,
): string | undefined => {
  const names = Object.keys(attributes).toSorted();
  if (names.length === 0) {
    return undefined;
  }
  const hash = createHash("md5");
  for (const name of names) {
    const { DataType, StringValue, BinaryValue } = attributes[name] ?? { DataType: "" };
    const isBinary = DataType.startsWith("Binary");
    hash.update(withLength(Buffer.from(name)));
    hash.update(withLength(Buffer.from(DataType)));
    hash.update(Buffer.from([isBinary ? 2 : 1]));
    hash.update(
      withLength(isBinary ? Buffer.from(BinaryValue ?? "", "base64") : Buffer.from(StringValue ?? "")),
    );
  }
  return hash.digest("hex");
};

const withLength = (bytes: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};
