import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { processEnvironment } from "../../../../functions/runtime/environment.ts";
import { cannotRead } from "../cannot-read.ts";
import { terminalLanguage } from "../language.ts";
import { UnusableInput } from "../unusable-input.ts";
import type { Words } from "./operation.ts";

/** No password has so many bytes; whatever is longer is another file. */
const bytesAtMost = 4_096;

/** The options that say where a password is found. */
export const passwordOptions = {
  "password-env": { type: "string" },
  "password-file": { type: "string" },
} as const;

/**
 * A password from the environment, a file or stdin, never from the command line, which every user of the machine can read. At a terminal
 * it is asked for and not shown. The line's end is no part of it.
 *
 * @throws UnusableInput
 */
export const readPassword = async ({ options }: Words): Promise<string> => {
  const { "password-env": name, "password-file": file } = options;
  if (name !== undefined && file !== undefined) throw new UnusableInput([problems.both[terminalLanguage()]]);
  const text =
    typeof name === "string"
      ? (processEnvironment()[name] ?? "")
      : typeof file === "string"
        ? await readFromFile(file)
        : await readFromInput();
  const password = text.replace(/\r?\n$/, "");
  if (password === "") throw new UnusableInput([problems.empty[terminalLanguage()]]);
  return password;
};

const readFromFile = async (file: string): Promise<string> => {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw cannotRead(file, error);
  });
  return bounded(text);
};

const readFromInput = async (): Promise<string> => {
  if (process.stdin.isTTY) return readHidden();
  let text = "";
  for await (const chunk of process.stdin.setEncoding("utf8")) text = bounded(text + String(chunk));
  return text;
};

/** What is typed goes nowhere but here. */
const readHidden = async (): Promise<string> => {
  process.stderr.write(prompt[terminalLanguage()]);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  try {
    return await lines.question("");
  } finally {
    lines.close();
    process.stderr.write("\n");
  }
};

const bounded = (text: string): string => {
  if (text.length > bytesAtMost) throw new UnusableInput([problems.tooLong[terminalLanguage()]]);
  return text;
};

const prompt = { en: "Password: ", zhCN: "密码：" } as const;

const problems = {
  both: {
    en: "--password-env and --password-file exclude each other.",
    zhCN: "--password-env 与 --password-file 不能同时使用。",
  },
  empty: { en: "There is no password to enter: it is empty.", zhCN: "没有可输入的密码：内容为空。" },
  tooLong: { en: "What was given is too long to be a password.", zhCN: "内容过长，不会是密码。" },
} as const;
