import { describe, expect, it } from "vitest";
import { nothingAnswers } from "../../../infra/local/cli/nothing-answers.ts";

/** As Node makes them; `$metadata` is what the AWS SDK adds to whatever a request of its own failed with. */
const refused = (address: string, code = "ECONNREFUSED") =>
  Object.assign(new Error(`connect ${code} ${address}:45843`), { code, address, port: 45_843 });
const ofSdk = (error: Error) => Object.assign(error, { $metadata: { attempts: 3 } });

describe("a pipeline on this machine that is not up", () => {
  it("is told with its address and what to do", () => {
    expect(nothingAnswers(ofSdk(refused("127.0.0.1")), "en")).toBe(
      "Nothing answers at http://127.0.0.1:45843. Start `npm start` again with the same --data, then repeat the command with the address it prints.",
    );
    expect(nothingAnswers(ofSdk(refused("127.0.0.1")), "zhCN")).toBe(
      "http://127.0.0.1:45843 没有应答。请用相同的 --data 重新执行 `npm start`，然后按其显示的地址重复该命令。",
    );
  });

  it("is told also where a name of several addresses was tried at each", () => {
    const both = new AggregateError([refused("::1"), refused("127.0.0.1")]);
    expect(nothingAnswers(ofSdk(both), "en")).toContain("http://[::1]:45843.");
  });

  it("is not seen in what is another trouble", () => {
    expect(nothingAnswers(refused("127.0.0.1"), "en")).toBeNull();
    expect(nothingAnswers(ofSdk(refused("192.0.2.1")), "en")).toBeNull();
    expect(nothingAnswers(ofSdk(refused("127.0.0.1", "EACCES")), "en")).toBeNull();
    expect(nothingAnswers("a word", "en")).toBeNull();
  });
});
