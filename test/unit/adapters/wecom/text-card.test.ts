import { describe, expect, it } from "vitest";
import { textCardMessage } from "../../../../functions/adapters/wecom/text-card.ts";
import { MemberId } from "../../../../shared/contract/ids.ts";

const card = {
  memberId: MemberId.parse("lihua"),
  title: "请提供原邮箱密码",
  description: "第一行\n第二行",
  url: "https://example.test/m/abc",
  button: "立即处理",
};
const written = (differing: Partial<typeof card>) => textCardMessage(7, { ...card, ...differing }).textcard;
const bytes = (text: string): number => Buffer.byteLength(text);

describe("a text card", () => {
  it("goes to one member, once in half an hour", () => {
    expect(textCardMessage(7, card)).toEqual({
      touser: "lihua",
      msgtype: "textcard",
      agentid: 7,
      textcard: {
        title: "请提供原邮箱密码",
        description: "第一行<br>第二行",
        url: "https://example.test/m/abc",
        btntxt: "立即处理",
      },
      enable_duplicate_check: 1,
      duplicate_check_interval: 1_800,
    });
  });

  it("is cut between characters: 128 bytes of title, 512 of description", () => {
    const title = written({ title: "邮".repeat(100) }).title;
    expect(bytes(title)).toBeLessThanOrEqual(128);
    expect(title).toMatch(/^邮{41}…$/);
    expect(written({ title: "邮".repeat(42) }).title).toBe("邮".repeat(42));
    const description = written({ description: "👩‍👩‍👧".repeat(60) }).description;
    expect(bytes(description)).toBeLessThanOrEqual(512);
    expect(description).toMatch(/^(👩‍👩‍👧)+…$/u);
  });

  it("never cuts through the markup of a line break", () => {
    for (let length = 500; length < 515; length += 1) {
      const { description } = written({ description: `${"a".repeat(length)}\n${"b".repeat(20)}` });
      expect(description).toMatch(/^a+(<br>b*)?…?$/);
      expect(bytes(description)).toBeLessThanOrEqual(512);
    }
  });

  it("takes what looks like markup for words", () => {
    expect(written({ title: "<b>x</b>", description: '<div class="highlight">x</div>' })).toMatchObject({
      title: "＜b＞x＜/b＞",
      description: '＜div class="highlight"＞x＜/div＞',
    });
  });

  it("has at most four characters on its button", () => {
    expect(written({ button: "打开链接提供密码" }).btntxt).toBe("打开链接");
  });
});
