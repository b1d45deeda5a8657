import { describe, expect, it } from "vitest";
import { howToReach } from "../../../infra/local/cli/how-to-reach.ts";
import type { Language } from "../../../shared/contract/errors.ts";

const cloud = {
  endpoint: "http://127.0.0.1:4566",
  region: "local-1",
  credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" },
  outputs: { StateMachineArn: "arn:machine", TableName: "table" },
  outbox: "/data/outbox",
  dnsAddress: "127.0.0.1:5353",
};

const told = (language: Language) => howToReach(cloud, "/demo/migration.json", "/demo/it's.xlsx", language);

/** The lines that are typed, not read. */
const commands = (text: string) => text.split("\n").filter((line) => line.startsWith("  "));

describe("what npm start tells", () => {
  it("is read in either language, in as many lines", () => {
    expect(told("en")).toContain(`
The pipeline is up at http://127.0.0.1:4566 (this machine only). In another terminal:
`);
    expect(told("en")).toMatch(/Ctrl-C stops everything that was started here\.\n$/);
    expect(told("zhCN")).toContain("流水线已启动：http://127.0.0.1:4566（仅限本机）");
    expect(told("zhCN")).toMatch(/按 Ctrl-C 停止此处启动的全部程序。\n$/);
    expect(told("zhCN").split("\n")).toHaveLength(told("en").split("\n").length);
  });

  it("has the same commands in both", () => {
    expect(commands(told("zhCN"))).toEqual(commands(told("en")));
    expect(commands(told("en"))).toHaveLength(6);
    expect(told("zhCN")).toContain("--settings /demo/migration.json --accounts '/demo/it'\\''s.xlsx'");
  });
});
