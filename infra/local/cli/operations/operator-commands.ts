import { OperatorAnswer, OperatorCommand } from "../../../../events/operator-command.ts";
import type { Language } from "../../../../shared/contract/errors.ts";
import type { MailAddress } from "../../../../shared/contract/ids.ts";
import { storedSentence } from "../../../../shared/contract/stored-error.ts";
import { problemsOf } from "../../../../shared/domain/check-settings.ts";
import { exitStatus } from "../exit-status.ts";
import { holdInSecretsManager } from "../hold-secret.ts";
import { holdSettings, readPointedAt } from "../hold-settings.ts";
import { terminalLanguage } from "../language.ts";
import { invokeFunction } from "../operate.ts";
import { readSettings } from "../read-settings.ts";
import { UnusableInput } from "../unusable-input.ts";
import { addressesNamed } from "./addresses-named.ts";
import { type CommandForm, commandForms } from "./command-forms.ts";
import type { Operation, Place, Words } from "./operation.ts";
import { outcomeSentence } from "./outcome-sentences.ts";

/** `startPass` as it is written on a command line: `start-pass`. */
export const dashed = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const operationOf = (command: string, form: CommandForm): Operation => ({
  says: form.says,
  takes: [
    ...(form.takesAddresses ? ["[ADDRESS …]"] : []),
    ...(form.takesSettings ? ["--settings FILE"] : []),
    ...(form.flags ?? []).map((flag) => `[--${dashed(flag)}]`),
    ...Object.entries(form.values ?? {}).map(([field, kind]) => `[--${dashed(field)} ${kind.toUpperCase()}]`),
  ].join(" "),
  options: {
    ...(form.takesSettings ? { settings: { type: "string" } } : {}),
    ...Object.fromEntries((form.flags ?? []).map((flag) => [dashed(flag), { type: "boolean" }])),
    ...Object.fromEntries(Object.keys(form.values ?? {}).map((field) => [dashed(field), { type: "string" }])),
  },
  run: async (place, words) => {
    const order = OperatorCommand.safeParse({
      command,
      migrationId: place.migration.migrationId,
      ...(await onlyOf(place, form, words)),
      ...(form.takesSettings ? { settings: await settingsFor(place, words) } : {}),
      ...Object.fromEntries((form.flags ?? []).map((flag) => [flag, words.options[dashed(flag)]])),
      ...valuesOf(form, words),
    });
    if (!order.success) throw new UnusableInput(problemsOf(order.error, dashed(command)));
    const { lambda, outputs } = place.pipeline;
    const ask = async (): Promise<OperatorAnswer> =>
      OperatorAnswer.parse(await invokeFunction(lambda, outputs.OperatorCommandFunctionName, order.data));
    let answer = await ask();
    for (let more = 0; answer.outcome === "unfinished" && more < repeatsAtMost; more += 1)
      answer = await ask();
    const status = asWished.has(answer.outcome) ? exitStatus.done : exitStatus.doneWithLosses;
    return { answer, status, sentences: sentencesOf(answer, terminalLanguage()) };
  },
});

/** What one call has no time for the next one goes on with; 100,000 accounts take two or three. */
const repeatsAtMost = 50;

/** After these things are as the operator wanted them. */
const asWished: ReadonlySet<OperatorAnswer["outcome"]> = new Set(["done", "alreadyDone", "nothingRefused"]);

const sentencesOf = (answer: OperatorAnswer, language: Language): readonly string[] => {
  const meaning = outcomeSentence(answer, language);
  return [
    ...(meaning === null ? [] : [meaning]),
    ...(answer.error === undefined ? [] : [storedSentence(answer.error, language)]),
  ];
};

const valuesOf = ({ values = {} }: CommandForm, { options }: Words) =>
  Object.fromEntries(
    Object.entries(values).map(([field, kind]) => {
      const text = options[dashed(field)];
      return [field, kind === "number" && text !== undefined ? Number(text) : text];
    }),
  );

const onlyOf = async (
  place: Place,
  { takesAddresses }: CommandForm,
  { rest }: Words,
): Promise<{ readonly only?: readonly MailAddress[] }> => {
  if (rest.length === 0) return {};
  if (!takesAddresses) throw new UnusableInput([`${rest.join(" ")}: nothing stands behind this command.`]);
  return { only: await addressesNamed(place, rest) };
};

const settingsFor = async ({ pipeline, migration }: Place, { options }: Words) => {
  const { settings: file } = options;
  if (typeof file !== "string") throw new UnusableInput(["--settings FILE is needed"]);
  const read = await readPointedAt(await readSettings(file), file);
  return holdSettings(read, migration.migrationId, holdInSecretsManager(pipeline.secretsManager));
};

/** The operator commands by the names they have on a command line. */
export const operatorCommands: ReadonlyMap<string, Operation> = new Map(
  Object.entries(commandForms).map(([command, form]) => [dashed(command), operationOf(command, form)]),
);
