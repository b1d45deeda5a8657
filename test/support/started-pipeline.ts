import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFile, mkdir, open, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { z } from "zod";
import { eventually } from "./eventually.ts";
import { type CommandEnd, startCommand } from "./migrate-command.ts";
import type { NamedSecret } from "./search-secrets.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

/** The pipeline of `npm start` in a process of its own, and commands against it as people give them in another terminal. */
export interface StartedPipeline {
  /** Holds all that the pipeline keeps, in `cloud`, and all that it and the commands print, in `printed`. */
  readonly directory: string;
  /** Where reports and exported files are to go if they are to be searched. */
  readonly printed: string;
  /** Runs a command of `infra/local/cli/`; `input` is what it finds on stdin. */
  run(command: string, words: readonly string[], input?: string): Promise<CommandEnd>;
  /** The link in the mail to a member, as soon as there is one. */
  linkTo(address: string): Promise<string>;
  /** Ctrl-C, and waits until everything is stopped. @throws Error when it ends otherwise than well */
  stop(): Promise<void>;
}

/** Printed by the pipeline's process on both its outputs before anything else: a search of what it prints must find it in both. */
export const printedOnPurpose: NamedSecret = {
  name: "what was printed on purpose",
  secret: `prïnted "on" & <purpose>+1/%\\密码`,
};

/** Milliseconds; only ends what hangs. */
const patience = 60_000;

const root = join(import.meta.dirname, "../..");

/** Starts it and waits until it is up; it ends with the running test. `environment` is what the commands find in theirs. */
export const startPipeline = async (
  environment: Readonly<Record<string, string>> = {},
): Promise<StartedPipeline> => {
  const directory = await temporaryDirectory();
  const printed = join(directory, "printed");
  await mkdir(printed);
  const { child, hasEnded } = await spawnStart(directory, printed);
  const stop = async (): Promise<void> => {
    child.kill("SIGINT");
    const [status, signal] = await hasEnded;
    if (status !== 0) throw new Error(`npm start ended with ${String(status ?? signal)}`);
    // The demo company's own servers and mail are no part of the pipeline.
    await rm(join(directory, "demo"), { recursive: true });
  };
  onTestFinished(async () => {
    child.kill("SIGINT");
    await hasEnded;
  });
  const said = await eventually("the pipeline up", () => reachedBy(printed, child.exitCode), patience);
  return {
    directory,
    printed,
    run: async (command, words, input = "") => {
      const all = [...words, "--aws-endpoint", said.endpoint];
      const end = await startCommand(command, all, { ...environment, ...said.credentials }, input).ended;
      await appendFile(join(printed, `${command}.stdout`), end.stdout);
      await appendFile(join(printed, `${command}.stderr`), end.stderr);
      return end;
    },
    linkTo: (address) =>
      eventually(`a mail to ${address}`, () => linkIn(join(directory, "cloud/outbox"), address), patience),
    stop,
  };
};

/** Its outputs are files, so that nothing of them is lost however it ends. */
const spawnStart = async (directory: string, printed: string) => {
  const stdout = await open(join(printed, "start.stdout"), "a");
  const stderr = await open(join(printed, "start.stderr"), "a");
  const child = spawn(process.execPath, [join(root, "infra/local/cli/start.ts"), "--data", directory], {
    cwd: root,
    env: { PATH: "/usr/sbin:/usr/bin:/sbin:/bin", LANG: "C.UTF-8", NODE_OPTIONS: printing(printedOnPurpose) },
    stdio: ["ignore", stdout.fd, stderr.fd],
  });
  const hasEnded = once(child, "close");
  await stdout.close();
  await stderr.close();
  return { child, hasEnded };
};

/** Has Node print a secret as the message of an error may carry it, before it runs the program. */
const printing = ({ secret }: NamedSecret): string => {
  const line = JSON.stringify(`${JSON.stringify({ message: `refused: ${secret}` })}\n`);
  const program = `process.stdout.write(${line}); process.stderr.write(${line});`;
  return `--import=data:text/javascript,${encodeURIComponent(program)}`;
};

/** What `npm start` tells of how to reach the pipeline, once it does. @throws Error when it ended instead */
const reachedBy = async (printed: string, exitCode: number | null) => {
  const text = await readFile(join(printed, "start.stdout"), "utf8");
  const endpoint = /The pipeline is up at (\S+) /.exec(text)?.[1];
  const credentials = [...text.matchAll(/\b(AWS_[A-Z_]+)=(\S+)/g)].map(([, name, value]) => [name, value]);
  if (endpoint !== undefined && text.includes("Ctrl-C"))
    return { endpoint, credentials: z.record(z.string(), z.string()).parse(Object.fromEntries(credentials)) };
  if (exitCode === null) return undefined;
  throw new Error(
    `npm start ended with ${exitCode}:\n${await readFile(join(printed, "start.stderr"), "utf8")}`,
  );
};

const Mail = z.object({ to: z.tuple([z.string()]), text: z.string() });

const linkIn = async (outbox: string, address: string): Promise<string | undefined> => {
  const names = (await readdir(outbox)).filter((name) => name.endsWith(".json"));
  const mails = await Promise.all(
    names.map(async (name) => Mail.parse(JSON.parse(await readFile(join(outbox, name), "utf8")))),
  );
  const text = mails.find(({ to: [to] }) => to === address)?.text;
  return text === undefined ? undefined : /http:\S+\/m\/[\w-]{43}/.exec(text)?.[0];
};
