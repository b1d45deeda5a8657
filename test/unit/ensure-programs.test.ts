import { expect, test } from "vitest";
import { ensurePrograms } from "../../infra/local/demo/ensure-programs.ts";
import type { Machine } from "../../infra/local/demo/machine.ts";
import { realPrograms } from "../../infra/local/demo/real-programs.ts";

const policy = "/usr/sbin/policy-rc.d";
const dovecotFiles = [realPrograms.dovecot.file, ...realPrograms.dovecot.parts];

/** A computer on which installing succeeds at the wanted attempt; it remembers what was done to it. */
const fakeMachine = (start: { files: readonly string[]; isRoot?: boolean; succeedsAt?: number }) => {
  const files = new Set(start.files);
  const commands: string[] = [];
  const lines: string[] = [];
  const guarded: boolean[] = [];
  let attempts = 0;
  const machine: Machine = {
    isRoot: start.isRoot ?? true,
    hasFile: (path) => files.has(path),
    createProgram: async (path) => {
      const absent = !files.has(path);
      files.add(path);
      return absent;
    },
    removeFile: async (path) => {
      files.delete(path);
    },
    run: async (command) => {
      commands.push(command.filter((word) => !/=|^-o$|^env$/.test(word)).join(" "));
      if (!command.includes("install")) return { succeeded: true, output: "" };
      attempts += 1;
      guarded.push(files.has(policy));
      const succeeded = attempts === (start.succeedsAt ?? 1);
      if (succeeded) for (const file of dovecotFiles) files.add(file);
      return { succeeded, output: succeeded ? "" : "E: Unable to locate package dovecot-imapd" };
    },
    say: (line) => {
      lines.push(line);
    },
  };
  return { machine, files, commands, lines, guarded };
};

const install = "apt-get install -y --no-install-recommends dovecot-imapd";
const apt = "/usr/bin/apt-get";

test("nothing is run or said when everything is there", async () => {
  const { machine, commands, lines } = fakeMachine({ files: dovecotFiles, isRoot: false });
  await ensurePrograms(["dovecot"], machine);
  expect([commands, lines]).toEqual([[], []]);
});

test("root on Debian installs what is missing and keeps the service down, saying one line", async () => {
  const { machine, commands, lines } = fakeMachine({ files: [apt] });
  await ensurePrograms(["dovecot"], machine);
  expect(commands).toEqual([install, "service dovecot stop"]);
  expect(lines).toEqual([expect.stringContaining("dovecot-imapd")]);
});

test("a package that is only there in part is installed: the core without its IMAP server", async () => {
  const { machine, commands } = fakeMachine({ files: [apt, realPrograms.dovecot.file] });
  await ensurePrograms(["dovecot"], machine);
  expect(commands).toContain(install);
});

test("the package lists are fetched only after the installation failed without them", async () => {
  const { machine, commands } = fakeMachine({ files: [apt], succeedsAt: 2 });
  await ensurePrograms(["dovecot"], machine);
  expect(commands).toEqual([install, "apt-get update", install, "service dovecot stop"]);
});

test("on systemd the unit is not left enabled for the next boot", async () => {
  const { machine, commands } = fakeMachine({ files: [apt, "/run/systemd/system"] });
  await ensurePrograms(["dovecot"], machine);
  expect(commands.at(-1)).toBe("systemctl disable --now dovecot");
});

test("service starts are forbidden during the installation only", async () => {
  const { machine, files, guarded } = fakeMachine({ files: [apt] });
  await ensurePrograms(["dovecot"], machine);
  expect(guarded).toEqual([true]);
  expect(files).not.toContain(policy);
});

test("the machine's own policy file stays", async () => {
  const { machine, files } = fakeMachine({ files: [apt, policy] });
  await ensurePrograms(["dovecot"], machine);
  expect(files).toContain(policy);
});

test.each([
  ["an ordinary user", { files: [apt], isRoot: false }],
  ["a system without apt", { files: [], isRoot: true }],
])("%s is told package and command in both languages, nothing is run", async (_, start) => {
  const { machine, commands } = fakeMachine(start);
  const ensured = ensurePrograms(["dovecot"], machine);
  await expect(ensured).rejects.toMatchObject({
    name: "ProgramsMissing",
    message: expect.stringMatching(
      /Missing: dovecot-imapd[\s\S]*sudo apt-get install[\s\S]*缺少软件包：dovecot-imapd/u,
    ),
  });
  expect(commands).toEqual([]);
});

test("an installation that fails is told with apt's words", async () => {
  const { machine } = fakeMachine({ files: [apt], succeedsAt: 9 });
  await expect(ensurePrograms(["dovecot"], machine)).rejects.toThrow("Unable to locate package");
});
