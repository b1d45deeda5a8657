import { z } from "zod";
import {
  type ErrorName,
  type Evidence,
  isMailferryError,
  type Language,
  MailferryError,
  sentence,
  vocabulary,
} from "./errors.ts";

const isErrorName = (name: unknown): name is ErrorName =>
  typeof name === "string" && Object.hasOwn(vocabulary, name);

/** An error of the vocabulary as it is kept: name and evidence, so that it can be said in either language later. */
export const StoredError = z.strictObject({
  name: z.custom<ErrorName>(isErrorName, "a name of the error vocabulary"),
  evidence: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type StoredError = z.infer<typeof StoredError>;

/** Keeps an error of the vocabulary; anything else is a bug and is not turned into a recorded outcome. */
export const toStoredError = (thrown: unknown): StoredError => {
  if (!isMailferryError(thrown)) throw thrown;
  return { name: thrown.name, evidence: { ...thrown.evidence } };
};

/** The error again, from what was kept of it: what one function met with, another one fails of. */
export const toError = ({ name, evidence }: StoredError): MailferryError => {
  if (!isWhole(name, evidence)) throw new Error(`A kept ${name} lacks evidence: ${JSON.stringify(evidence)}`);
  return new MailferryError(name, evidence);
};

const isWhole = (
  name: ErrorName,
  evidence: StoredError["evidence"],
): evidence is StoredError["evidence"] & Evidence<ErrorName> =>
  [...vocabulary[name].en.matchAll(/\{(\w+)\}/g)].every(([, key = ""]) => Object.hasOwn(evidence, key));

/** The sentence of a kept error in the reader's language. */
export const storedSentence = (error: StoredError, language: Language): string =>
  sentence(error.name, error.evidence, language);
