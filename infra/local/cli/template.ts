import { parseArgs } from "node:util";
import { z } from "zod";
import { workbookWriter } from "../../../functions/adapters/excel/write-workbook.ts";
import { accountsTemplate } from "../../../shared/accounts/accounts-template.ts";
import { isMailferryError } from "../../../shared/contract/errors.ts";
import { type ExitStatus, exitStatus } from "./exit-status.ts";
import { asksForHelp, tellUsage } from "./help.ts";
import { terminalLanguage } from "./language.ts";
import { readSettings } from "./read-settings.ts";
import { runCommand } from "./run-command.ts";
import { templateMembers } from "./template-members.ts";
import { UnusableInput } from "./unusable-input.ts";
import { writeNew } from "./write-new.ts";

const usage = "npm run -s template -- --settings migration.json --out accounts.xlsx";

/** What is wrong with an option. */
const problems = {
  settings: { en: "--settings FILE is needed", zhCN: "缺少 --settings 文件" },
  out: { en: "--out FILE.xlsx is needed", zhCN: "缺少 --out 文件.xlsx" },
  outName: {
    en: "--out names a file that ends in .xlsx",
    zhCN: "--out 指定的文件名应以 .xlsx 结尾",
  },
} as const;

const say = (problem: keyof typeof problems) => () => problems[problem][terminalLanguage()];

const TemplateArguments = z.strictObject({
  settings: z.string({ error: say("settings") }).min(1),
  out: z.string({ error: say("out") }).endsWith(".xlsx", { error: say("outName") }),
});

/** `npm run template`: the workbook that an admin fills in, with everything in it that the directory knows. */
const template = async (): Promise<ExitStatus> => {
  if (asksForHelp(process.argv.slice(2))) return tellUsage(usage);
  const words = readArguments(process.argv.slice(2));
  const settings = await readSettings(words.settings);
  const members = await templateMembers(settings, words.settings).catch(inTheirLanguage);
  const sheets = accountsTemplate({
    domain: settings.domain,
    members,
    asksTargetPassword: settings.target.auth.kind === "password",
  });
  await writeNew(words.out, await workbookWriter.write(sheets));
  process.stderr.write(`${told(words.out, members?.length ?? null)[terminalLanguage()]}\n`);
  return exitStatus.done;
};

const readArguments = (words: readonly string[]): z.infer<typeof TemplateArguments> => {
  const read = TemplateArguments.safeParse(parse(words));
  if (read.success) return read.data;
  throw new UnusableInput([...read.error.issues.map((issue) => issue.message), usage]);
};

const parse = (words: readonly string[]): unknown => {
  try {
    const options = { settings: { type: "string" }, out: { type: "string" } } as const;
    return parseArgs({ args: [...words], options }).values;
  } catch (error) {
    throw new UnusableInput([error instanceof Error ? error.message : String(error), usage]);
  }
};

const inTheirLanguage = (error: unknown): never => {
  if (isMailferryError(error)) throw new UnusableInput([error.in(terminalLanguage())], { cause: error });
  throw error;
};

const told = (file: string, members: number | null) =>
  members === null
    ? {
        en: `${file}: fill in the third sheet first, with every member; the settings name no directory.`,
        zhCN: `${file}：设置中没有指定通讯录，请先在第三张工作表中填写全部成员。`,
      }
    : {
        en: `${file}: ${members} members are filled in. Complete the addresses and passwords, then upload it.`,
        zhCN: `${file}：已填入 ${members} 名成员。请补全邮箱地址和密码后上传。`,
      };

await runCommand(template);
