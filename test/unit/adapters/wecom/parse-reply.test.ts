import { describe, expect, it } from "vitest";
import { parseReply } from "../../../../functions/adapters/wecom/parse-reply.ts";

describe("a reply with ids of 64 bits", () => {
  it("keeps them apart as text, and small numbers as numbers", () => {
    expect(parseReply('{"id":5196969938080910636,"other":[5196969938080910637],"order":10}')).toEqual({
      id: "5196969938080910636",
      other: ["5196969938080910637"],
      order: 10,
    });
  });

  it("leaves texts, fractions and the largest exact number alone", () => {
    expect(parseReply('["5196969938080910636", 0.5, 9007199254740991, -1]')).toEqual([
      "5196969938080910636",
      0.5,
      9_007_199_254_740_991,
      -1,
    ]);
  });
});
