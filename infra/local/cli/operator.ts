import "../../../functions/runtime/uncompiled-schemas.ts";
import { parseArgs } from "node:util";
import { MigrationId } from "../../../shared/contract/ids.ts";
import type { Migration } from "../../../shared/contract/migration.ts";
import { type ExitStatus, exitStatus } from "./exit-status.ts";
import { findMigration } from "./find-migration.ts";
import { terminalLanguage } from "./language.ts";
import { enterPassword } from "./operations/enter-password.ts";
import { exportPasswords } from "./operations/export-passwords.ts";
import { importPasswords } from "./operations/import-passwords.ts";
import type { Operation, Words } from "./operations/operation.ts";
import { operatorCommands } from "./operations/operator-commands.ts";
import { report } from "./operations/report.ts";
import { attach, type Pipeline } from "./pipeline.ts";
import { printable, printableJson } from "./printable.ts";
import { runCommand } from "./run-command.ts";
import { UnusableInput } from "./unusable-input.ts";

const operations: ReadonlyMap<string, Operation> = new Map([
  ...operatorCommands,
  ["enter-password", enterPassword],
  ["export-passwords", exportPasswords],
  ["import-passwords", importPasswords],
  ["report", report],
]);

/** What every operation takes. */
const common = {
  migration: { type: "string" },
  domain: { type: "string" },
  "aws-endpoint": { type: "string" },
  help: { type: "boolean" },
} as const;

/** `npm run operate`: one thing an operator asks of a pipeline that is up; its answer is JSON on stdout. */
const operate = async (): Promise<ExitStatus> => {
  const [name = "", ...rest] = process.argv.slice(2);
  const operation = operations.get(name);
  if (name === "--help" || name === "help") return help([...operations]);
  if (operation === undefined)
    throw new UnusableInput([
      ...(name === "" ? [] : [noCommand(name)[terminalLanguage()]]),
      ...usage([...operations]),
    ]);
  const words = wordsOf(name, operation, rest);
  if (words.options.help === true) return help([[name, operation]]);
  const endpoint = words.options["aws-endpoint"];
  const pipeline = await attach(typeof endpoint === "string" ? { endpoint } : {});
  const migration = await migrationMeant(pipeline, words);
  const { answer, status, sentences = [] } = await operation.run({ pipeline, migration, say }, words);
  process.stdout.write(`${printableJson(answer, 2)}\n`);
  for (const sentence of sentences) say(sentence);
  return status;
};

const say = (sentence: string): void => {
  process.stderr.write(`${printable(sentence)}\n`);
};

const wordsOf = (name: string, operation: Operation, args: readonly string[]): Words => {
  try {
    const options = { ...operation.options, ...common };
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    return { rest: positionals, options: values };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new UnusableInput([problem, ...usage([[name, operation]])]);
  }
};

/** The migration that is named, or the only one there is. @throws UnusableInput */
const migrationMeant = async ({ migrations }: Pipeline, { options }: Words): Promise<Migration> => {
  const language = terminalLanguage();
  if (typeof options.domain === "string") {
    const found = await findMigration(migrations, options.domain);
    if (found === null) throw new UnusableInput([noMigrationOf(options.domain)[language]]);
    return found;
  }
  if (typeof options.migration === "string") {
    const id = MigrationId.safeParse(options.migration);
    const found = id.success ? await migrations.get(id.data) : null;
    if (found === null) throw new UnusableInput([noMigration(options.migration)[language]]);
    return found;
  }
  const [first, ...others] = await migrations.list();
  if (first === undefined) throw new UnusableInput([noneYet[language]]);
  if (others.length === 0) return first;
  const ids = [first, ...others].map(({ migrationId }) => migrationId).join(", ");
  throw new UnusableInput([several(ids)[language]]);
};

const noCommand = (name: string) => ({ en: `${name}: no such command.`, zhCN: `${name}：没有这个命令。` });

const noMigrationOf = (domain: string) => ({
  en: `There is no migration of ${domain}.`,
  zhCN: `没有域名 ${domain} 的迁移。`,
});

const noMigration = (id: string) => ({ en: `There is no migration ${id}.`, zhCN: `没有迁移 ${id}。` });

const noneYet = { en: "There is no migration yet.", zhCN: "还没有任何迁移。" } as const;

const several = (ids: string) => ({
  en: `Say which migration with --migration: ${ids}.`,
  zhCN: `请用 --migration 指明是哪个迁移：${ids}。`,
});

const help = (shown: readonly (readonly [string, Operation])[]): ExitStatus => {
  process.stdout.write(`${usage(shown).join("\n")}\n`);
  return exitStatus.done;
};

const usage = (shown: readonly (readonly [string, Operation])[]): readonly string[] => [
  "npm run -s operate -- COMMAND [--aws-endpoint URL] [--migration ID | --domain DOMAIN]",
  ...shown.flatMap(([name, { takes, says }]) => [
    `  ${name} ${takes}`.trimEnd(),
    `      ${says[terminalLanguage()]}`,
  ]),
];

await runCommand(operate);
