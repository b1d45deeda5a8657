import { defineConfig } from "vitest/config";

/** A room of tests: what it proves decides how long one test may take. */
const room = (name: string, testTimeout: number) => ({
  test: { name, include: [`test/${name}/**/*.test.ts`], testTimeout, hookTimeout: testTimeout },
});

export default defineConfig({
  test: {
    projects: [
      room("unit", 5_000),
      room("scenarios", 20_000),
      room("functional", 30_000),
      room("infra", 120_000),
      room("local", 180_000),
    ],
  },
});
