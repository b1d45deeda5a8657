import { createServer } from "node:net";
import { describe, expect, it } from "vitest";
import { startCommand } from "../support/migrate-command.ts";

/** An address of this machine at which nobody listens any more. */
const addressLeft = async (): Promise<string> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const bound = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (bound === null || typeof bound === "string") throw new Error("The server had no port.");
  return `http://127.0.0.1:${bound.port}`;
};

const credentials = { AWS_REGION: "eu-central-1", AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b" };

describe("a command whose pipeline is not up", () => {
  it.each([
    ["C.UTF-8", "Nothing answers at URL. Start `npm start` again with the same --data"],
    ["zh_CN.UTF-8", "URL 没有应答。请用相同的 --data 重新执行 `npm start`"],
  ])("says in the language of %s how it gets up again", async (LANG, told) => {
    const url = await addressLeft();
    const words = ["report", "--aws-endpoint", url];
    const { status, stdout, stderr } = await startCommand("operator", words, { ...credentials, LANG }).ended;
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain(told.replace("URL", url));
    expect(stderr).not.toContain("ECONNREFUSED");
  });
});
