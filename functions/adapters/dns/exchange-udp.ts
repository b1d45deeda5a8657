import { createSocket } from "node:dgram";
import { isIPv6 } from "node:net";
import type { Endpoint } from "./endpoint.ts";
import { type Answer, type Question, readAnswer } from "./message.ts";
import { NoAnswer } from "./no-answer.ts";

/**
 * One question and its answer in datagrams. The socket is connected, so that the system drops what comes from elsewhere; what
 * answers another question is passed over until the time is up.
 * @throws NoAnswer
 */
export const exchangeUdp = (
  { address, port }: Endpoint,
  question: Question,
  timeoutMilliseconds: number,
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const socket = createSocket(isIPv6(address) ? "udp6" : "udp4");
    const timer = setTimeout(() => fail("it was silent"), timeoutMilliseconds);
    const finish = (): void => {
      clearTimeout(timer);
      socket.close();
    };
    const fail = (reason: string, cause?: unknown): void => {
      finish();
      reject(cause instanceof NoAnswer ? cause : new NoAnswer(reason, { cause }));
    };
    socket.once("error", (error) => fail(error.message, error));
    socket.on("message", (wire) => {
      try {
        const answer = readAnswer(question, wire);
        if (answer === null) return;
        finish();
        resolve(answer);
      } catch (thrown) {
        fail("its answer cannot be read", thrown);
      }
    });
    socket.once("connect", () => socket.send(question.wire));
    socket.connect(port, address);
  });
