import { z } from "zod";
import { type ErrorName, vocabulary } from "../contract/errors.ts";
import type { StoredError } from "../contract/stored-error.ts";

/** Step Functions keeps 32,768 characters of a cause; a person reads the first sentences. */
const longestCause = 500;

/** What Lambda makes of a thrown error, as it stands in the `Cause` that Step Functions passes on. */
const LambdaFailure = z.object({ errorType: z.string(), errorMessage: z.string() });

/**
 * The error behind a workflow's end. An error of the vocabulary gets its evidence back from its own English sentence, which
 * is all that Lambda hands on; everything else is a WorkflowFailed with the words it came with.
 */
export const failureCause = (failure: {
  readonly Error: string;
  readonly Cause?: string | undefined;
}): StoredError => {
  const words = wordsOf(failure.Cause ?? "");
  const evidence = isErrorName(failure.Error) ? evidenceOf(failure.Error, words) : null;
  return isErrorName(failure.Error) && evidence !== null
    ? { name: failure.Error, evidence }
    : {
        name: "WorkflowFailed",
        evidence: { error: failure.Error, cause: words.slice(0, longestCause) || "no cause was given" },
      };
};

const isErrorName = (name: string): name is ErrorName => Object.hasOwn(vocabulary, name);

const wordsOf = (cause: string): string => {
  const parsed = LambdaFailure.safeParse(jsonOf(cause));
  return parsed.success ? parsed.data.errorMessage : cause;
};

/** Null for what is no JSON: the cause of an error that the state machine itself raised is a plain sentence. */
const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return null;
    throw thrown;
  }
};

/** Reads a sentence of the vocabulary back into its evidence; null when it is not that sentence. */
const evidenceOf = (name: ErrorName, sentence: string): Record<string, string> | null => {
  const pattern = vocabulary[name].en
    .split(/\{(\w+)\}/)
    .map((piece, index) =>
      index % 2 === 0 ? piece.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&") : `(?<${piece}>[^]*?)`,
    )
    .join("");
  const match = new RegExp(`^${pattern}$`).exec(sentence);
  return match === null ? null : { ...match.groups };
};
