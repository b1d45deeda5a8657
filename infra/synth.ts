import { spawn } from "node:child_process";
import { once } from "node:events";
import { join, relative } from "node:path";
import { isMadeFrom } from "./assembly-stamp.ts";
import { fingerprintOf } from "./bundle/fingerprint.ts";
import { assemblyDirectory, repository } from "./repository.ts";

/** The stack could not be synthesised; file, line and reason are on standard error. */
export class SynthesisFailed extends Error {
  override readonly name = "SynthesisFailed";
}

/**
 * Bundles the functions and synthesises the stack into `cdk.out`, offline; gives the directory. An unchanged tree is
 * recognised by its contents and costs a fraction of a second. Otherwise the work is done in a process of its own: the construct
 * library takes 300 MB, which the local cloud living on in this process would never get rid of.
 *
 * @throws {SynthesisFailed}
 */
export const synthesise = async (): Promise<string> => {
  const sources = await fingerprintOf(repository);
  if (!(await isMadeFrom(assemblyDirectory, sources))) await build();
  return assemblyDirectory;
};

const build = async (): Promise<void> => {
  const standardError = 2;
  const child = spawn(process.execPath, [join(import.meta.dirname, "build-assembly.ts")], {
    cwd: repository,
    // Nothing on standard output: it belongs to whoever called, and `--json` promises exactly one document there.
    stdio: ["ignore", standardError, standardError],
  });
  const [exitCode] = await once(child, "exit");
  if (exitCode !== 0) throw new SynthesisFailed("The stack could not be synthesised; the reasons are above.");
};

if (import.meta.main) {
  try {
    process.stdout.write(`${relative(process.cwd(), await synthesise())}\n`);
  } catch (error) {
    if (!(error instanceof SynthesisFailed)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
