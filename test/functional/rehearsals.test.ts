import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { serveOnLoopback } from "../support/loopback-service.ts";

const run = promisify(execFile);

const rehearsals = "runtime/rehearsals.ts";

const calls = [
  ["rehearseTable()", rehearsals],
  ["rehearseRecords()", "runtime/rehearse-records.ts"],
  ["rehearseBatches()", rehearsals],
  ["rehearseObjects()", rehearsals],
  ['rehearseQueue("http://127.0.0.1:9/000000000000/copy.fifo")', rehearsals],
] as const;

describe("a rehearsal", () => {
  it.each(calls)("goes through to its end and sends nothing: %s", async (call, module) => {
    const asked: string[] = [];
    const service = await serveOnLoopback({
      signingName: "any",
      answer: async ({ url }) => {
        asked.push(url);
        return { status: 500, headers: {}, body: "" };
      },
      stop: async () => {},
    });
    try {
      const file = join(import.meta.dirname, "../../functions", module);
      const program = `const all = await import(${JSON.stringify(file)}); await all.${call}; process.stdout.write("ended");`;
      const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", program], {
        env: {
          AWS_REGION: "eu-central-1",
          AWS_ACCESS_KEY_ID: "local",
          AWS_SECRET_ACCESS_KEY: "local",
          AWS_ENDPOINT_URL: service.endpoint,
        },
      });
      expect(stdout).toBe("ended");
      expect(asked).toEqual([]);
    } finally {
      await service.stop();
    }
  });
});
