import { expect, test } from "vitest";
import { unpackCyrus } from "../../infra/local/demo/cyrus/unpack-cyrus.ts";
import type { Machine } from "../../infra/local/demo/machine.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

/** A computer whose apt finds nothing, or that has Cyrus unpacked already; it remembers what was run. */
const machineWith = (differing: Partial<Machine>) => {
  const commands: string[] = [];
  const machine: Machine = {
    isRoot: false,
    hasFile: () => false,
    createProgram: async () => true,
    removeFile: async () => undefined,
    run: async (command) => {
      commands.push(command.filter((word) => /^[a-z]/.test(word)).join(" "));
      return { succeeded: false, output: "E: Unable to locate package cyrus-imapd" };
    },
    say: () => undefined,
    ...differing,
  };
  return { machine, commands };
};

test("nothing is run when Cyrus lies there unpacked", async () => {
  const { machine, commands } = machineWith({ hasFile: () => true });
  const { imapd } = await unpackCyrus("/somewhere", machine);
  expect(imapd).toBe("/somewhere/root/usr/lib/cyrus/bin/imapd");
  expect(commands).toEqual([]);
});

test("who is not root is told in both languages what to run, with apt's words", async () => {
  const { machine, commands } = machineWith({});
  const failure = unpackCyrus(await temporaryDirectory(), machine);
  await expect(failure).rejects.toMatchObject({ name: "ProgramsMissing" });
  await expect(failure).rejects.toThrow(/sudo apt-get update[\s\S]*请运行[\s\S]*Unable to locate package/);
  expect(commands).toEqual(["env apt-get download cyrus-imapd cyrus-common"]);
});

test("root fetches the package lists and tries once more", async () => {
  const { machine, commands } = machineWith({ isRoot: true });
  await expect(unpackCyrus(await temporaryDirectory(), machine)).rejects.toMatchObject({
    name: "ProgramsMissing",
  });
  expect(commands).toEqual([
    "env apt-get download cyrus-imapd cyrus-common",
    "apt-get update",
    "env apt-get download cyrus-imapd cyrus-common",
  ]);
});
