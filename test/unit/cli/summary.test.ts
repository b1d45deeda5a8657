import { describe, expect, it } from "vitest";
import { reasonsIn } from "../../../infra/local/cli/reasons-in.ts";
import { summaryLines } from "../../../infra/local/cli/summary.ts";
import { Timestamp } from "../../../shared/contract/ids.ts";
import { LinkDigest } from "../../../shared/contract/member-link.ts";
import { price } from "../../../shared/cost/price.ts";
import { RunDocument } from "../../../shared/report/report-document.ts";
import { reportLine } from "../../../shared/report/report-line.ts";
import { reportTotals } from "../../../shared/report/report-totals.ts";
import { runDocument } from "../../../shared/report/run-document.ts";
import { secondsAfter } from "../../../shared/time/moment.ts";
import { FakeAccountStore } from "../../support/fake-account-store.ts";
import { FakeClock } from "../../support/fake-clock.ts";
import { FakeMemberLinkStore } from "../../support/fake-member-link-store.ts";
import { exampleAccount, exampleId } from "../../support/migration-example.ts";
import { asked } from "../../support/notice-world.ts";

const run = (differing: object = {}): RunDocument =>
  RunDocument.parse({
    migrationId: exampleId,
    domain: "example.test",
    phase: "closed",
    ...reportTotals([]),
    perAccount: [],
    seconds: 1,
    cost: price({}, 0),
    ...differing,
  });

/** A run of one mailbox that has not started. */
const runOfOne = (): RunDocument => {
  const line = reportLine(exampleAccount(1));
  const stored = { ...run(), writtenAt: exampleAccount(1).importedAt };
  const { seconds: _seconds, cost, ...report } = stored;
  return runDocument({ ...report, perAccount: [line] }, new Map(), { seconds: 1.25, cost });
};

describe("the summary of a run", () => {
  it("is told in the reader's language", () => {
    expect(summaryLines(runOfOne(), "en")).toEqual([
      "example.test: 0 of 1 mailboxes complete, phase closed, 1.3 s",
      "  – member1@yunfan.example                     0 = 0 copied + 0 already there + 0 refused",
      "      The history phase has not begun.",
      "  0 messages = 0 copied + 0 already there + 0 refused; 0.0 MB copied",
      "  the mail that leaves AWS costs about 0.0000 USD; the requests are on the bill of where the pipeline runs",
    ]);
    expect(summaryLines(runOfOne(), "zhCN")).toEqual([
      "example.test：1 个邮箱中 0 个迁移完成，阶段：已结束，用时 1.3 秒",
      "  – member1@yunfan.example                     0 = 已复制 0 + 原已存在 0 + 被拒 0",
      "      The history phase has not begun.",
      "  邮件 0 封 = 已复制 0 + 原已存在 0 + 被拒 0；共复制 0.0 MB",
      "  邮件流出 AWS 的费用约 0.0000 美元；请求费用见流水线所在环境的账单",
    ]);
  });

  it("tells the price of what was counted", () => {
    const counted = run({ cost: price({ sqsRequests: 1_000_000 }, 0) });
    const line = summaryLines(counted, "en").at(-1);
    expect(line).toMatch(
      /^ {2}on AWS this run would have cost about \d+\.\d{4} USD, 0\.0000 of it for the mail/,
    );
    expect(summaryLines(counted, "zhCN").at(-1)).toMatch(/^ {2}本次运行若在 AWS 上约需 \d+\.\d{4} 美元/);
  });

  it("speaks of addresses for members left over only where there are any", () => {
    const line = {
      memberId: "u1",
      name: "张伟",
      address: "zhangwei@example.test",
      origin: "name",
      status: "confirmed",
    };
    const allocated = run({ allocated: [line] });
    expect(summaryLines(allocated, "en").join("\n")).toContain("members without a mailbox: 1;");
    expect(summaryLines(allocated, "zhCN").join("\n")).toContain("为没有邮箱的成员分配 1 个地址");
    expect(summaryLines(run(), "en").join("\n")).not.toContain("members");
    expect(summaryLines(run(), "zhCN").join("\n")).not.toContain("成员");
  });
});

describe("the reasons in a summary", () => {
  const storesWith = (accounts: FakeAccountStore) => ({
    accounts,
    memberLinks: new FakeMemberLinkStore(),
    clock: new FakeClock(),
  });
  const stores = async (account = exampleAccount(1)) => {
    const accounts = new FakeAccountStore();
    await accounts.createAll([account]);
    return storesWith(accounts);
  };

  it("are told in Chinese to whom reads Chinese, and stay as the document has them otherwise", async () => {
    const told = await reasonsIn("zhCN", await stores(), runOfOne(), 50);
    expect(told.perAccount.map(({ reason }) => reason)).toEqual(["尚未开始迁移历史邮件。"]);
    expect(await reasonsIn("en", await stores(), runOfOne(), 50)).toEqual(runOfOne());
  });

  it("tell that the link of a member who was asked has ended", async () => {
    const at = Timestamp.parse("2026-11-20T08:00:00.000Z");
    const notice = { kind: "ask", number: 1, begunAt: at, mail: { outcome: "sent", at } } as const;
    const account = { ...exampleAccount(1, { state: asked }), notice };
    const app = await stores(account);
    const { migrationId, address } = account;
    const digest = LinkDigest.parse("a".repeat(43));
    const link = { digest, issuedAt: at, expiresAt: secondsAfter(at, 60), failures: 0 };
    await app.memberLinks.replaceAccess(null, { migrationId, address, failures: 0, link });
    const told = await reasonsIn("zhCN", app, runOfOne(), 50);
    expect(told.perAccount.map(({ reason }) => reason).join()).toMatch(/尚未收到。链接已于 .* 过期/);
  });

  it("stay those of the report where the account has gone or is not shown", async () => {
    expect(await reasonsIn("zhCN", storesWith(new FakeAccountStore()), runOfOne(), 50)).toEqual(runOfOne());
    expect(await reasonsIn("zhCN", await stores(), runOfOne(), 0)).toEqual(runOfOne());
  });
});
