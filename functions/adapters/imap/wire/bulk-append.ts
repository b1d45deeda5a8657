import type { FolderPath } from "../../../../shared/contract/ids.ts";
import type { AppendOutcome, OutgoingMessage } from "../../../../shared/ports/mail-server.ts";
import { isBusy, readFailure } from "../failure.ts";
import { readAppendUid } from "./append-uid.ts";
import type { Answer, Appender } from "./appender.ts";
import type { Rung } from "./rung.ts";
import { failureOf, type StatusResponse } from "./status-response.ts";
import { writeName } from "./wire-name.ts";

/** What became of a message; a refused command has stored nothing, and each of its messages is still to be tried by itself. */
export type BulkOutcome = Exclude<AppendOutcome, { outcome: "refused" }> | { readonly outcome: "notStored" };

/** Messages that go with one command. */
type Command = readonly OutgoingMessage[];

/**
 * Appends messages over these connections, several to a command where the rung allows it. The answer has one outcome for each
 * message. `refused` is told of an answer that concerns more than its messages: it may throw, after everything that was sent
 * has been answered.
 */
export const bulkAppend = async (
  appenders: readonly Appender[],
  rung: Rung,
  path: FolderPath,
  messages: readonly OutgoingMessage[],
  refused: (answer: StatusResponse) => void,
): Promise<readonly BulkOutcome[]> => {
  const name = writeName(path);
  const commands = cut(messages, rung);
  const answers = await deal(appenders, commands, name);
  for (const answer of answers) if (concernsAll(answer)) refused(answer);
  return commands.flatMap((command, index) => outcomesOf(answers[index], command.length));
};

/** How many commands each of several connections has under way: the next one is on its way while one is being stored. */
const atATime = 2;

/** With one connection everything is sent at once; several take one command after the other, whichever is free. */
const deal = async (
  appenders: readonly Appender[],
  commands: readonly Command[],
  name: string,
): Promise<readonly (Answer | undefined)[]> => {
  const [only, ...others] = appenders;
  if (only !== undefined && others.length === 0) {
    return Promise.all(commands.map((command) => only.append(name, command)));
  }
  const answers: Answer[] = [];
  let next = 0;
  const work = async (appender: Appender): Promise<void> => {
    for (let index = next++; index < commands.length; index = next++) {
      answers[index] = await appender.append(name, commands[index] ?? []);
    }
  };
  await Promise.all(Array.from({ length: atATime }, () => appenders.map(work)).flat());
  return answers;
};

const cut = (messages: readonly OutgoingMessage[], rung: Rung): readonly Command[] => {
  const commands: OutgoingMessage[][] = [];
  let bytes = 0;
  for (const message of messages) {
    const command = commands.at(-1);
    bytes += message.raw.length;
    if (command === undefined || command.length >= rung.messagesPerCommand || bytes > rung.bytesPerCommand) {
      commands.push([message]);
      bytes = message.raw.length;
    } else command.push(message);
  }
  return commands;
};

const outcomesOf = (answer: Answer | undefined, messages: number): readonly BulkOutcome[] => {
  const alike = (outcome: BulkOutcome): readonly BulkOutcome[] =>
    Array.from({ length: messages }, () => outcome);
  if (answer === undefined || "kind" in answer) {
    return alike({ outcome: "unknown", reason: answer?.words ?? "the command was not sent" });
  }
  if (answer.status !== "OK") return alike({ outcome: "notStored" });
  const uids = readAppendUid(answer, messages);
  return Array.from({ length: messages }, (_, index) => ({
    outcome: "stored",
    uid: uids?.[index] ?? null,
    isLetGo: true,
  }));
};

/** The server asks to wait, or the folder is not there. */
const concernsAll = (answer: Answer | undefined): answer is StatusResponse =>
  answer !== undefined &&
  "status" in answer &&
  answer.status !== "OK" &&
  (answer.code === "TRYCREATE" || isBusy(readFailure(failureOf(answer))));
