import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");

const help = (file: string, LANG: string) => {
  const words = [join(root, file), "--help"];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { env: { LANG }, encoding: "utf8" });
  return { status, stdout, stderr };
};

describe("npm run demo and npm run bench", () => {
  it.each([
    ["infra/local/cli/demo.ts", "npm run demo [-- --keep]", "--keep leaves", "--keep 结束后"],
    ["infra/local/bench/bench.ts", "npm run bench", "Measures", "测量"],
  ])("%s says how it is used and starts nothing", (file, usage, english, chinese) => {
    const told = help(file, "C");
    expect(told).toMatchObject({ status: 0, stderr: "" });
    expect(told.stdout).toMatch(/\n$/);
    expect(told.stdout.split("\n")[0]).toBe(usage);
    expect(told.stdout).toContain(english);
    expect(help(file, "zh_CN.UTF-8")).toMatchObject({ status: 0, stdout: expect.stringContaining(chinese) });
  });
});
