import { describe, expect, it } from "vitest";
import { Timestamp } from "../../../shared/contract/ids.ts";
import { LinkDigest, type MemberAccess } from "../../../shared/contract/member-link.ts";
import { triesBeforeLock } from "../../../shared/credentials/counted-try.ts";
import { hasLinkInHand, linkSentence } from "../../../shared/report/link-sentence.ts";
import { secondsAfter } from "../../../shared/time/moment.ts";
import { completed, exampleAccount, exampleId } from "../../support/migration-example.ts";
import { asked } from "../../support/notice-world.ts";

const issuedAt = Timestamp.parse("2026-11-22T08:00:00.000Z");
const expiresAt = secondsAfter(issuedAt, 86_400);
const link = { digest: LinkDigest.parse("a".repeat(43)), issuedAt, expiresAt, failures: 0 };
const { address } = exampleAccount(1);
const open: MemberAccess = { migrationId: exampleId, address, link, failures: 0 };
const locked = { ...open, failures: triesBeforeLock, lockedUntil: secondsAfter(issuedAt, 900) };

describe("a link in a member's hand", () => {
  it("is not spoken of while it opens the page, or where there is none", () => {
    for (const access of [open, null, { ...open, link: null }])
      expect(linkSentence({ access, now: issuedAt }, "en")).toBeNull();
    const past = secondsAfter(issuedAt, 900);
    expect(linkSentence({ access: locked, now: past }, "en")).toBeNull();
  });

  it("that has ended is said to have, with what to do", () => {
    const now = expiresAt;
    expect(linkSentence({ access: open, now }, "en")).toBe(
      "The link ended at 2026-11-23 08:00 UTC; remind the member, who then gets a new one.",
    );
    expect(linkSentence({ access: open, now }, "zhCN")).toBe(
      "链接已于 北京时间 2026-11-23 16:00 过期，请提醒成员以发送新链接。",
    );
    expect(linkSentence({ access: open, now: secondsAfter(now, -1) }, "en")).toBeNull();
  });

  it("whose page waits after wrong passwords says how many and until when", () => {
    const seen = { access: locked, now: issuedAt };
    expect(linkSentence(seen, "en")).toContain(
      "5 wrong passwords were tried; the page waits until 2026-11-22 08:15 UTC",
    );
    expect(linkSentence(seen, "zhCN")).toContain("密码已错 5 次，页面暂停至 北京时间 2026-11-22 16:15");
  });

  it("that is worn out needs another, even while its page waits", () => {
    const access = { ...locked, link: { ...link, failures: 20 } };
    expect(linkSentence({ access, now: issuedAt }, "en")).toContain("remind the member");
    expect(linkSentence({ access, now: issuedAt }, "zhCN")).toContain("请提醒成员");
  });

  it("is there only where the member was reached and the password is still awaited", () => {
    const at = issuedAt;
    const sent = { kind: "ask", number: 1, begunAt: at, mail: { outcome: "sent", at } } as const;
    const lost = { outcome: "undeliverable", at, reason: "bounced", words: "550" } as const;
    expect(hasLinkInHand({ state: asked, notice: sent })).toBe(true);
    expect(hasLinkInHand({ state: asked, notice: { ...sent, mail: lost } })).toBe(false);
    expect(hasLinkInHand({ state: asked, notice: undefined })).toBe(false);
    expect(hasLinkInHand({ state: completed(1), notice: sent })).toBe(false);
  });
});
