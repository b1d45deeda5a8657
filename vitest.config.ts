import { defineConfig } from "vitest/config";

/** A room of tests. The time limits only end what hangs: they are generous, so that a loaded machine fails no test. */
const room = (name: string, testTimeout: number, globalSetup: string[] = []) => ({
  test: { name, include: [`test/${name}/**/*.test.ts`], testTimeout, hookTimeout: testTimeout, globalSetup },
});

/** Real servers are installed before the first test that starts one. */
const realPrograms = ["test/support/programs.ts"];

export default defineConfig({
  test: {
    projects: [
      room("unit", 30_000),
      room("scenarios", 60_000),
      room("functional", 90_000, realPrograms),
      room("infra", 120_000),
      room("browser", 120_000, realPrograms),
      room("local", 300_000, realPrograms),
    ],
  },
});
