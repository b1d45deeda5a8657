import { defineConfig } from "vitest/config";

/** A room of tests: what it proves decides how long one test may take. */
const room = (name: string, testTimeout: number, globalSetup: string[] = []) => ({
  test: { name, include: [`test/${name}/**/*.test.ts`], testTimeout, hookTimeout: testTimeout, globalSetup },
});

/** Real servers are installed before the first test that starts one. */
const realPrograms = ["test/support/programs.ts"];

export default defineConfig({
  test: {
    projects: [
      room("unit", 5_000),
      room("scenarios", 20_000),
      room("functional", 30_000, realPrograms),
      room("infra", 120_000),
      room("local", 180_000, realPrograms),
    ],
  },
});
