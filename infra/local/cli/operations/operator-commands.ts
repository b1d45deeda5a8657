import { OperatorAnswer, OperatorCommand } from "../../../../events/operator-command.ts";
import type { MailAddress } from "../../../../shared/contract/ids.ts";
import { problemsOf } from "../../../../shared/domain/settings-problems.ts";
import { holdInSecretsManager } from "../hold-secret.ts";
import { holdSettings, readPointedAt } from "../hold-settings.ts";
import { terminalLanguage } from "../language.ts";
import { invokeFunction } from "../operate.ts";
import { readSettings } from "../read-settings.ts";
import { UnusableInput } from "../unusable-input.ts";
import { addressesNamed } from "./addresses-named.ts";
import { type CommandForm, commandForms } from "./command-forms.ts";
import type { Operation, Place, Words } from "./operation.ts";
import { outcomeSentences, outcomeStatus } from "./outcome.ts";
import { untilFinished } from "./until-finished.ts";

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
    const language = terminalLanguage();
    const written = {
      command,
      migrationId: place.migration.migrationId,
      ...(await onlyOf(place, form, words)),
      ...(form.takesSettings ? { settings: await settingsFor(place, words) } : {}),
      ...Object.fromEntries((form.flags ?? []).map((flag) => [flag, words.options[dashed(flag)]])),
      ...valuesOf(form, words),
    };
    const order = OperatorCommand.safeParse(written);
    if (!order.success) {
      const refused = { schema: OperatorCommand, written, error: order.error, root: dashed(command) };
      throw new UnusableInput(problemsOf(refused).map((problem) => problem[language]));
    }
    const { lambda, outputs } = place.pipeline;
    const ask = async (): Promise<OperatorAnswer> =>
      OperatorAnswer.parse(await invokeFunction(lambda, outputs.OperatorCommandFunctionName, order.data));
    if (form.begins !== undefined) place.say(form.begins[language]);
    const answer = await untilFinished(ask, place.say, language);
    return {
      answer,
      status: outcomeStatus(order.data.command, answer),
      sentences: outcomeSentences(order.data.command, answer, language),
    };
  },
});

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
  if (!takesAddresses) throw new UnusableInput([nothingBehind(rest.join(" "))[terminalLanguage()]]);
  return { only: await addressesNamed(place, rest) };
};

const settingsFor = async ({ pipeline, migration }: Place, { options }: Words) => {
  const { settings: file } = options;
  if (typeof file !== "string") throw new UnusableInput([settingsNeeded[terminalLanguage()]]);
  const read = await readPointedAt(await readSettings(file), file);
  return holdSettings(read, migration.migrationId, holdInSecretsManager(pipeline.secretsManager));
};

const nothingBehind = (words: string) => ({
  en: `${words}: nothing stands behind this command.`,
  zhCN: `${words}：该命令后不能填写其他内容。`,
});

const settingsNeeded = { en: "--settings FILE is needed", zhCN: "缺少 --settings 文件" } as const;

/** The operator commands by the names they have on a command line. */
export const operatorCommands: ReadonlyMap<string, Operation> = new Map(
  Object.entries(commandForms).map(([command, form]) => [dashed(command), operationOf(command, form)]),
);
