import { randomBytes } from "node:crypto";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { programFile } from "../real-programs.ts";
import { dovecotConfiguration } from "./configuration.ts";
import type { DovecotOptions } from "./options.ts";
import { greetsWith } from "./port.ts";
import { type ProcessGroup, startProcessGroup } from "./process-group.ts";
import { makeRunDirectory } from "./run-directory.ts";
import { commandAs, type RunningAccount } from "./running-account.ts";

/** One life of the server, from launch to end. */
export interface DovecotInstance {
  readonly port: number;
  stop(): Promise<void>;
  kill(signal: "SIGKILL" | "SIGTERM"): Promise<void>;
}

/** Dovecot did not come up; `message` holds what it wrote. */
export class DovecotStartError extends Error {
  override readonly name = "DovecotStartError";
}

/** Start takes about a tenth of a second; ten seconds pass only on a machine that is stuck. */
const START_MILLISECONDS = 10_000;
/** Its mail processes end in milliseconds, but now and then its anvil waits for ever on a socket: then the rest is killed. */
const STOP_MILLISECONDS = 500;

/** Writes the configuration, starts the server and waits for its greeting. @throws DovecotStartError */
export async function launch(
  options: DovecotOptions,
  port: number,
  account: RunningAccount,
): Promise<DovecotInstance> {
  const { directory } = options;
  const runDirectory = await makeRunDirectory(directory, account);
  const token = randomBytes(6).toString("hex");
  const configuration = join(directory, "dovecot.conf");
  await writeFile(
    configuration,
    dovecotConfiguration(options, { directory, runDirectory, port, token }, account),
  );

  const program = [programFile("dovecot"), "-F", "-c", configuration];
  const logFile = join(directory, "dovecot.log");
  const group = await startProcessGroup(commandAs(account, program, [directory, runDirectory]), logFile);
  const cleared = (): Promise<void> => rm(runDirectory, { recursive: true, force: true });
  const instance: DovecotInstance = {
    port,
    async stop() {
      await group.end(STOP_MILLISECONDS);
      await cleared();
    },
    async kill(signal) {
      group.signal(signal);
      await instance.stop();
    },
  };
  if (await isReady(group, token, port, options.tls === "implicit")) return instance;
  await instance.stop();
  throw new DovecotStartError(
    `Dovecot (wanted: version 2.3) did not start on port ${port}. It wrote:\n${await readFile(logFile, "utf8")}`,
  );
}

async function isReady(
  group: ProcessGroup,
  token: string,
  port: number,
  encrypted: boolean,
): Promise<boolean> {
  const deadline = performance.now() + START_MILLISECONDS;
  while (!group.ended() && performance.now() < deadline) {
    if (await greetsWith(token, port, encrypted)) return true;
    await pause(10);
  }
  return false;
}
