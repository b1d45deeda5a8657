import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { serveOnLoopback } from "../support/loopback-service.ts";

const run = promisify(execFile);

const handler = join(import.meta.dirname, "../../functions/close-migration/handler.ts");

/** Brings the function up in a process of its own; what it printed when it could be called. */
const comeUp = async (environment: Readonly<Record<string, string>>): Promise<string> => {
  const program = `const { handler } = await import(${JSON.stringify(handler)}); process.stdout.write(typeof handler);`;
  const credentials = {
    AWS_REGION: "eu-central-1",
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
  };
  const words = ["--input-type=module", "--eval", program];
  const { stdout } = await run(process.execPath, words, { env: { ...credentials, ...environment } });
  return stdout;
};

describe("a function", () => {
  it("has spoken to its table by the time it is up", async () => {
    const asked: string[] = [];
    const service = await serveOnLoopback({
      signingName: "dynamodb",
      answer: async ({ headers, body }) => {
        asked.push(`${headers["x-amz-target"]} ${body.toString("utf8")}`);
        return { status: 200, headers: { "content-type": "application/x-amz-json-1.0" }, body: "{}" };
      },
      stop: async () => {},
    });
    try {
      expect(await comeUp({ TABLE_NAME: "state", AWS_ENDPOINT_URL: service.endpoint })).toBe("function");
      expect(asked).toEqual([expect.stringMatching(/^DynamoDB_20120810\.GetItem .*"TableName":"state"/)]);
    } finally {
      await service.stop();
    }
  });

  it("comes up although its table cannot be reached, so that its events can tell", async () => {
    expect(await comeUp({ TABLE_NAME: "state", AWS_ENDPOINT_URL: "http://127.0.0.1:9" })).toBe("function");
  });

  it("does not come up with a variable missing, and names it", async () => {
    await expect(comeUp({ AWS_ENDPOINT_URL: "http://127.0.0.1:9" })).rejects.toThrow("TABLE_NAME");
  });
});
