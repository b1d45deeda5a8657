import { type ExitStatus, exitStatus } from "./exit-status.ts";

/** Whether nothing is to be done but to say how a command is used. */
export const asksForHelp = (words: readonly string[]): boolean =>
  words.includes("--help") || words.includes("-h");

/** Says it where it was asked for. */
export const tellUsage = (usage: string): ExitStatus => {
  process.stdout.write(`${usage}\n`);
  return exitStatus.done;
};
