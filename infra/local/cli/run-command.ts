import { isMailferryError } from "../../../shared/contract/errors.ts";
import { WorkflowEnded } from "./await-phase.ts";
import { type ExitStatus, exitStatus } from "./exit-status.ts";
import { terminalLanguage } from "./language.ts";
import { nothingAnswers } from "./nothing-answers.ts";
import { FunctionFailed } from "./operate.ts";
import { printable } from "./printable.ts";
import { UnusableInput } from "./unusable-input.ts";

/** What a workflow or a function ends with when the settings themselves are at fault. */
const settingsAtFault = new Set([
  "SettingsUnusable",
  "DomainUnusable",
  "SecretMissing",
  "WecomSecretRefused",
  "WecomRightMissing",
]);

/** Runs a command to its exit status; what went wrong is said on stderr in a sentence, and never with a stack. */
export const runCommand = async (command: () => Promise<ExitStatus>): Promise<void> => {
  try {
    process.exitCode = await command();
  } catch (error) {
    process.exitCode = statusOf(error);
    for (const sentence of sentencesOf(error))
      process.stderr.write(`${sentence.split("\n").map(printable).join("\n")}\n`);
  }
};

const statusOf = (error: unknown): ExitStatus =>
  error instanceof UnusableInput ||
  (error instanceof WorkflowEnded && settingsAtFault.has(error.errorName)) ||
  (error instanceof FunctionFailed && settingsAtFault.has(error.errorType))
    ? exitStatus.unusableInput
    : exitStatus.failed;

const sentencesOf = (error: unknown): readonly string[] => {
  if (error instanceof UnusableInput) return error.problems;
  if (isMailferryError(error)) return [error.in(terminalLanguage())];
  return [
    nothingAnswers(error, terminalLanguage()) ?? (error instanceof Error ? error.message : String(error)),
  ];
};
