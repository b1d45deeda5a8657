import { describe, expect, it } from "vitest";
import { printable } from "../../../infra/local/cli/printable.ts";

describe("text from outside on a terminal", () => {
  it("keeps what people read and nothing that moves the cursor or forges a line", () => {
    expect(printable("项目/2024 – Größe")).toBe("项目/2024 – Größe");
    expect(printable("a\u001b[2Jb\r\nc\u0085d\u202ee\u2028f")).toBe(
      "a\ufffd[2Jb\ufffd\ufffdc\ufffdd\ufffde\ufffdf",
    );
  });
});
