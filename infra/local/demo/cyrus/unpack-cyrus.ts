import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { ProgramsMissing } from "../ensure-programs.ts";
import { type Machine, thisMachine } from "../machine.ts";

/** Where Cyrus lies unpacked. */
export interface UnpackedCyrus {
  readonly imapd: string;
  readonly master: string;
  /** For LD_LIBRARY_PATH: its own libraries, and those the system lacks. */
  readonly libraries: string;
}

/** The packages beside which apt would not leave Dovecot: they provide the same `imap-server`. */
const packages = ["cyrus-imapd", "cyrus-common"] as const;

/** A library that is missing may need another one; more than this in a row is no ordinary Debian. */
const rounds = 4;

/**
 * Unpacks Debian's Cyrus into `directory`, once: it is not installed, so nothing of the system changes and Dovecot stays. Libraries that
 * the system lacks are unpacked beside it. It needs apt's package lists; as root they are fetched when they are missing.
 *
 * @throws ProgramsMissing with apt's words
 */
export async function unpackCyrus(directory: string, machine: Machine = thisMachine): Promise<UnpackedCyrus> {
  const done = join(directory, "root");
  if (!machine.hasFile(layoutIn(done).imapd)) {
    machine.say("Unpacking cyrus-imapd (正在解包), a second mail server for the tests …");
    const work = join(directory, "unpacking");
    await rm(work, { recursive: true, force: true });
    await mkdir(work, { recursive: true });
    await fetchAll(work, machine);
    await rename(join(work, "root"), done);
    await rm(work, { recursive: true, force: true });
  }
  return layoutIn(done);
}

async function fetchAll(work: string, machine: Machine): Promise<void> {
  let wanted: readonly string[] = packages;
  for (let round = 0; round < rounds; round += 1) {
    await unpack(wanted, work, machine);
    const missing = await missingLibraries(layoutIn(join(work, "root")), machine);
    if (missing.length === 0) return;
    wanted = await packagesOf(missing, machine);
    if (wanted.length === 0) throw unusable(`It needs ${missing.join(", ")}.`);
  }
  throw unusable("It needs more libraries than were found.");
}

/** In `work`, because apt downloads to where it is run. */
async function unpack(names: readonly string[], work: string, machine: Machine): Promise<void> {
  const download = ["env", "-C", work, "apt-get", "download", ...names];
  let downloaded = await machine.run(download);
  if (!downloaded.succeeded && machine.isRoot) {
    await machine.run(["apt-get", "-o", "DPkg::Lock::Timeout=120", "update"]);
    downloaded = await machine.run(download);
  }
  if (!downloaded.succeeded) throw unusable(downloaded.output);
  for (const file of (await readdir(work)).filter((name) => name.endsWith(".deb"))) {
    const { succeeded, output } = await machine.run(["dpkg-deb", "-x", join(work, file), join(work, "root")]);
    if (!succeeded) throw unusable(output);
  }
}

async function missingLibraries(
  { imapd, master, libraries }: UnpackedCyrus,
  machine: Machine,
): Promise<readonly string[]> {
  const { output } = await machine.run(["env", `LD_LIBRARY_PATH=${libraries}`, "ldd", imapd, master]);
  const missing = [...output.matchAll(/^\s*(\S+) => not found/gm)].flatMap(([, name]) => name ?? []);
  return [...new Set(missing)];
}

/** Packages that Cyrus depends on, by the name that Debian gives to a library's package: `libpcreposix.so.3` is in `libpcre3`. */
async function packagesOf(missing: readonly string[], machine: Machine): Promise<readonly string[]> {
  const kinds = ["recommends", "suggests", "conflicts", "breaks", "replaces", "enhances"];
  const options = ["--recurse", ...kinds.map((kind) => `--no-${kind}`)];
  const { output } = await machine.run(["apt-cache", "depends", ...options, ...packages]);
  const names = output.split("\n").filter((line) => /^lib[a-z0-9.+-]+$/.test(line));
  return names.filter((name) => missing.some((library) => lettersOf(library).startsWith(lettersOf(name))));
}

/** `libxapian30` and `libxapian.so.30` alike are `libxapian`. */
function lettersOf(name: string): string {
  return /^[a-z_-]+/.exec(name)?.[0].replace(/-$/, "") ?? name;
}

function layoutIn(root: string): UnpackedCyrus {
  const programs = join(root, "usr/lib/cyrus/bin");
  return {
    imapd: join(programs, "imapd"),
    master: join(programs, "master"),
    libraries: ["usr/lib", "lib"].map((part) => join(root, part, `${architecture()}-linux-gnu`)).join(":"),
  };
}

function architecture(): string {
  return process.arch === "arm64" ? "aarch64" : "x86_64";
}

function unusable(words: string): ProgramsMissing {
  return new ProgramsMissing(
    [
      "Missing: Cyrus (packages cyrus-imapd and cyrus-common), a second mail server for the tests. It is unpacked, never installed.",
      "On Debian or Ubuntu run: sudo apt-get update",
      "缺少 Cyrus（软件包 cyrus-imapd 与 cyrus-common），测试所用的第二种邮件服务器。仅解包，不安装。",
      "在 Debian 或 Ubuntu 上请运行：sudo apt-get update",
      words.slice(-2_000),
    ].join("\n"),
  );
}
