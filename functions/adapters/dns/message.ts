import { Packet, type Resource } from "dns2";
import { NoAnswer } from "./no-answer.ts";

/** The types this adapter asks for. */
export type QuestionType = "MX" | "NS" | "A" | "AAAA";

/** One question as it goes over the wire, with what its answer must show to be one. */
export interface Question {
  readonly id: number;
  readonly name: string;
  readonly type: QuestionType;
  readonly wire: Buffer;
}

/** A server's answer. Names in it are lower case without the dot at their end; `.` is the root. */
export interface Answer {
  readonly code: "noError" | "noSuchDomain" | "other";
  /** The response code's name, for people. */
  readonly codeName: string;
  readonly truncated: boolean;
  readonly records: readonly Resource[];
}

/** Names are compared without regard to case (RFC 4343). */
export const canonicalName = (name: string): string => name.toLowerCase().replace(/\.$/, "") || ".";

/** A question with an unguessable id (RFC 5452 §9.2). `recursive` asks a resolver to find out; a server of the zone knows. */
export const askQuestion = (name: string, type: QuestionType, recursive: boolean): Question => {
  const id = Packet.uuid();
  const packet = new Packet();
  packet.header = new Packet.Header({ id, rd: recursive ? 1 : 0 });
  packet.questions.push(new Packet.Question({ name, type: Packet.TYPE[type], class: Packet.CLASS.IN }));
  return { id, name, type, wire: packet.toBuffer() };
};

/**
 * Reads what came back. Null when it is no answer to this question: another id, another question, or no DNS message at all, as a
 * forger or a late answer would send. A record that cannot be read makes the whole answer unusable, because a set with
 * a record missing is another set.
 * @throws NoAnswer for an answer to this question that cannot be read
 */
export const readAnswer = (question: Question, wire: Buffer): Answer | null => {
  const packet = parsed(wire);
  if (packet === null || packet.header.qr !== 1 || packet.header.id !== question.id) return null;
  const [asked] = packet.questions;
  if (asked === undefined || canonicalName(asked.name) !== canonicalName(question.name)) return null;
  if (asked.type !== Packet.TYPE[question.type]) return null;
  const truncated = packet.header.tc === 1;
  const unreadable = packet.errors.find(({ section }) => section === "answers");
  if (unreadable !== undefined && !truncated) {
    throw new NoAnswer(`it cannot be read: ${unreadable.message}`, { cause: unreadable });
  }
  const { rcode } = packet.header;
  return {
    code:
      rcode === Packet.RCODE.NOERROR ? "noError" : rcode === Packet.RCODE.NXDOMAIN ? "noSuchDomain" : "other",
    codeName: nameOfCode(rcode),
    truncated,
    records: packet.answers.map((record) => Object.assign(record, { name: canonicalName(record.name) })),
  };
};

const parsed = (wire: Buffer): Packet | null => {
  try {
    return Packet.parse(wire);
  } catch (thrown) {
    if (thrown instanceof Packet.DecodeError) return null;
    throw thrown;
  }
};

const nameOfCode = (code: number): string =>
  Object.entries(Packet.RCODE).find(([, value]) => value === code)?.[0] ?? `code ${code}`;
