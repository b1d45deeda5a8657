import { installPackages } from "./install-packages.ts";
import { type Machine, thisMachine } from "./machine.ts";
import { type RealProgram, type RealProgramName, realProgramNames, realPrograms } from "./real-programs.ts";

/** Programs are not there and could not be installed; the message says which and what to type, in English and Chinese. */
export class ProgramsMissing extends Error {
  override readonly name = "ProgramsMissing";
}

/**
 * Makes sure that the real programs are there. As root on Debian or Ubuntu the missing ones are installed,
 * without starting any service; nothing is done when all are there.
 *
 * @throws ProgramsMissing naming packages and command otherwise.
 */
export async function ensurePrograms(
  names: readonly RealProgramName[] = realProgramNames,
  machine: Machine = thisMachine,
): Promise<void> {
  const missing = missingOf(names, machine);
  if (missing.length === 0) return;
  const packages = missing.map(({ debianPackage }) => debianPackage).join(" ");
  if (!machine.isRoot || !machine.hasFile("/usr/bin/apt-get"))
    throw new ProgramsMissing(explanation(missing));

  machine.say(
    `Installing ${packages} (正在安装), for ${missing.map(({ purpose }) => purpose.en).join("; ")} …`,
  );
  const words = await installPackages(missing, machine);
  const still = missingOf(names, machine);
  if (still.length > 0) throw new ProgramsMissing(`${explanation(still)}\n${words}`);
}

function missingOf(names: readonly RealProgramName[], machine: Machine): readonly RealProgram[] {
  const programs: readonly RealProgram[] = names.map((name) => realPrograms[name]);
  return programs.filter(({ file, parts }) => ![file, ...parts].every((path) => machine.hasFile(path)));
}

function explanation(missing: readonly RealProgram[]): string {
  const packages = missing.map(({ debianPackage }) => debianPackage).join(" ");
  const command = `sudo apt-get install --no-install-recommends ${packages}`;
  return [
    `Missing: ${packages}, for ${missing.map(({ purpose }) => purpose.en).join("; ")}.`,
    `On Debian or Ubuntu run: ${command}`,
    `缺少软件包：${packages}，用于${missing.map(({ purpose }) => purpose.zhCN).join("；")}。`,
    `在 Debian 或 Ubuntu 上请运行：${command}`,
  ].join("\n");
}

if (import.meta.main) {
  try {
    await ensurePrograms();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
