import { describe, expect, it } from "vitest";
import { printable, printableJson } from "../../../infra/local/cli/printable.ts";

describe("text from outside on a terminal", () => {
  it("keeps what people read and nothing that moves the cursor or forges a line", () => {
    expect(printable("项目/2024 – Größe")).toBe("项目/2024 – Größe");
    expect(printable("a\u001b[2Jb\r\nc\u0085d\u202ee\u2028f")).toBe(
      "a\ufffd[2Jb\ufffd\ufffdc\ufffdd\ufffde\ufffdf",
    );
  });
});

describe("a JSON document on a terminal", () => {
  const hostile = { name: "王\u009b2J\u007f\u202e\u{e0041}\u001b[2J\u2028", lines: ["a\nb"] };

  it("holds nothing that a terminal obeys or a reader does not see", () => {
    expect(printableJson(hostile)).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
    expect(printableJson(hostile, 2).split("\n")).toHaveLength(6);
  });

  it("is the same document", () => {
    expect(JSON.parse(printableJson(hostile, 2))).toEqual(hostile);
    expect(printableJson({ 姓名: "欧阳修" })).toBe('{"姓名":"欧阳修"}');
  });
});
