import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { workbookBytesAtMost } from "../../../../shared/accounts/read-upload.ts";
import { objectKeys } from "../../../../shared/contract/objects.ts";
import type { EndedPasswordRun } from "../../../../shared/contract/password-run.ts";
import { keys } from "../../../../shared/contract/table.ts";
import { cannotRead } from "../cannot-read.ts";
import { type ExitStatus, exitStatus } from "../exit-status.ts";
import { terminalLanguage } from "../language.ts";
import { fetchErrors } from "../save-errors.ts";
import { UnusableInput } from "../unusable-input.ts";
import { contentName } from "../upload-accounts.ts";
import { importMissing, uploadAndAwait } from "../upload-and-await.ts";
import { fileProblem, rowProblem } from "../upload-problems.ts";
import type { Operation } from "./operation.ts";

/** 「导入原邮箱密码」, filled in. */
export const importPasswords: Operation = {
  takes: "FILE.xlsx|FILE.csv",
  says: {
    en: "gives the passwords in the file to their accounts; mailboxes that waited for them start",
    zhCN: "导入填好的「导入原邮箱密码」文件，等待密码的邮箱随即开始迁移",
  },
  options: {},
  run: async ({ pipeline, migration: { migrationId } }, { rest }) => {
    const [file, ...others] = rest;
    if (file === undefined || others.length > 0) throw new UnusableInput([oneFile[terminalLanguage()]]);
    const body = await readBounded(file);
    const fileName = `passwords-${contentName(body)}${extname(file).toLowerCase()}`;
    const run = await uploadAndAwait(pipeline, {
      key: objectKeys.passwords(migrationId, fileName),
      body,
      record: keys.passwordRun(migrationId, fileName),
      newest: () => pipeline.passwordRuns.get(migrationId, fileName),
    });
    if (run === null) throw importMissing(file);
    const saved = run.outcome === "imported" ? await fetchErrors(pipeline, run, file, undefined) : [];
    return { answer: run, status: statusOf(run), sentences: [...sentencesOf(run, file), ...saved] };
  },
};

const readBounded = async (file: string): Promise<Uint8Array> => {
  const body = await readFile(file).catch((error: unknown) => {
    throw cannotRead(file, error);
  });
  if (body.length > workbookBytesAtMost)
    throw new UnusableInput([tooLarge(file, workbookBytesAtMost / 1_048_576)[terminalLanguage()]]);
  return body;
};

const oneFile = { en: "One FILE is needed.", zhCN: "需要且只能填写一个文件。" } as const;

const tooLarge = (file: string, mebibytes: number) => ({
  en: `${file} is larger than ${mebibytes} MiB.`,
  zhCN: `${file} 超过 ${mebibytes} MiB。`,
});

const statusOf = (run: EndedPasswordRun): ExitStatus => {
  if (run.outcome === "unusable") return exitStatus.unusableInput;
  return run.rejected === 0 ? exitStatus.done : exitStatus.doneWithLosses;
};

/** As many as a person reads; all that are kept are in the answer. */
const rowsShown = 20;

const sentencesOf = (run: EndedPasswordRun, file: string): readonly string[] =>
  run.outcome === "unusable"
    ? [fileProblem(run.error, file)]
    : run.errors.slice(0, rowsShown).map((error) => rowProblem(error, file));
