import { createConnection } from "node:net";
import type { Endpoint } from "./endpoint.ts";
import { type Answer, type Question, readAnswer } from "./message.ts";
import { NoAnswer } from "./no-answer.ts";

/** RFC 1035 §4.2.2: two octets of length stand before each message; they also bound what is read here. */
const lengthOctets = 2;

/** One question and its answer over a connection of their own, for answers that a datagram cannot hold. @throws NoAnswer */
export const exchangeTcp = (
  { address, port }: Endpoint,
  question: Question,
  timeoutMilliseconds: number,
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const socket = createConnection({ host: address, port });
    const timer = setTimeout(() => fail("it was silent over TCP"), timeoutMilliseconds);
    let received = Buffer.alloc(0);
    const finish = (): void => {
      clearTimeout(timer);
      socket.destroy();
    };
    const fail = (reason: string, cause?: unknown): void => {
      finish();
      reject(cause instanceof NoAnswer ? cause : new NoAnswer(reason, { cause }));
    };
    socket.once("connect", () => {
      const length = Buffer.alloc(lengthOctets);
      length.writeUInt16BE(question.wire.length);
      socket.write(Buffer.concat([length, question.wire]));
    });
    socket.on("error", (error) => fail(error.message, error));
    socket.once("end", () => fail("it ended the connection before its answer"));
    socket.on("data", (chunk) => {
      received = Buffer.concat([received, chunk]);
      if (received.length < lengthOctets) return;
      const end = lengthOctets + received.readUInt16BE();
      if (received.length < end) return;
      try {
        const answer = readAnswer(question, received.subarray(lengthOctets, end));
        if (answer === null) return fail("it answered another question");
        finish();
        resolve(answer);
      } catch (thrown) {
        fail("its answer cannot be read", thrown);
      }
    });
  });
