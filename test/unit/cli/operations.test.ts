import { describe, expect, it } from "vitest";
import { OperatorAnswer, OperatorCommand } from "../../../events/operator-command.ts";
import { dashed, operatorCommands } from "../../../infra/local/cli/operations/operator-commands.ts";
import { outcomeSentence } from "../../../infra/local/cli/operations/outcome-sentences.ts";
import { readPassword } from "../../../infra/local/cli/operations/read-password.ts";
import { UnusableInput } from "../../../infra/local/cli/unusable-input.ts";

describe("the command line of operate", () => {
  it("knows every operator command, with what it takes", () => {
    const commands = OperatorCommand.options.map(({ shape }) => dashed(shape.command.value));
    expect([...operatorCommands.keys()].sort()).toEqual(commands.sort());
    expect(operatorCommands.get("start-pass")).toMatchObject({ takes: "[ADDRESS …]" });
    expect(operatorCommands.get("change-settings")).toMatchObject({ takes: "--settings FILE" });
    expect(operatorCommands.get("preview-allocation")).toMatchObject({
      takes: "[--after TEXT] [--limit NUMBER]",
    });
  });

  it("explains each in both languages", () => {
    for (const { says } of operatorCommands.values()) {
      expect(says.en).toMatch(/^[\x20-\x7e]+$/);
      expect(says.zhCN).toMatch(/[一-鿿]/);
    }
  });

  it("says in both languages what an answer means that is not as wished", () => {
    for (const outcome of OperatorAnswer.shape.outcome.options) {
      if (["done", "alreadyDone", "nothingRefused", "notTaken"].includes(outcome)) continue;
      expect(outcomeSentence({ outcome }, "en")).toMatch(/^[\x20-\x7e]+$/);
      expect(outcomeSentence({ outcome }, "zhCN")).toMatch(/[一-鿿]/);
    }
  });

  it("takes no password from two places, nor one that is not there", async () => {
    const words = (options: Readonly<Record<string, string>>) => ({ rest: [], options });
    await expect(readPassword(words({ "password-env": "A", "password-file": "b" }))).rejects.toThrow(
      UnusableInput,
    );
    await expect(readPassword(words({ "password-env": "MAILFERRY_NO_SUCH_VARIABLE" }))).rejects.toThrow(
      UnusableInput,
    );
    await expect(readPassword(words({ "password-file": "/nowhere/password" }))).rejects.toThrow(
      /cannot be read/,
    );
  });
});
