import { describe, expect, it } from "vitest";
import { linkTokens } from "../../../functions/adapters/crypto/link-tokens.ts";
import { MailAddress, MemberId } from "../../../shared/contract/ids.ts";
import { FolderSummary, RefusedMessage } from "../../../shared/contract/mailbox.ts";
import { objectKeys } from "../../../shared/contract/objects.ts";
import { issueMemberLink } from "../../../shared/credentials/member-link.ts";
import type { CellContent, SheetContent } from "../../../shared/ports/workbook-writer.ts";
import { ReportDocument } from "../../../shared/report/report-document.ts";
import { writeReport } from "../../../shared/report/write-report.ts";
import { FakeAccountStore } from "../../support/fake-account-store.ts";
import { FakeAllocationStore } from "../../support/fake-allocation-store.ts";
import { FakeClock } from "../../support/fake-clock.ts";
import { FakeMemberLinkStore } from "../../support/fake-member-link-store.ts";
import { FakeMigrationStore } from "../../support/fake-migration-store.ts";
import { FakeObjectStore } from "../../support/fake-object-store.ts";
import { completed, exampleAccount, exampleId, inSwitch } from "../../support/migration-example.ts";
import { asked } from "../../support/notice-world.ts";

const mailbox = { migrationId: exampleId, address: MailAddress.parse("member1@yunfan.example") };
const summary = FolderSummary.parse({
  ...mailbox,
  sourcePath: "收件箱",
  targetPath: "INBOX",
  provenance: "special-use",
  pass: 1,
  source: 3,
  copied: 1,
  alreadyThere: 1,
  refused: 1,
  bytes: 300,
  verification: { identical: 1, normalised: 1, refused: 1, unexplained: 0, sampled: 2 },
  deletions: { removed: 5, marked: 0, kept: 6 },
});
const refused = RefusedMessage.parse({
  ...mailbox,
  sourcePath: "收件箱",
  sourceUidValidity: "7",
  uid: 42,
  pass: 1,
  size: 100,
  internalDate: "2026-01-02T03:04:05.000Z",
  subject: "=cmd|'/C calc'!A0",
  class: "too-large",
  words: "NO [TOOBIG]",
});

/** A workbook as the rows it would hold. */
class FakeWorkbookWriter {
  readonly sheets: { readonly name: string; readonly rows: (readonly CellContent[])[] }[] = [];

  async write(sheets: readonly SheetContent[]): Promise<Uint8Array> {
    for (const { name, columns, rows } of sheets) {
      const held: (readonly CellContent[])[] = [];
      for await (const row of rows) {
        if (row.length !== columns.length) throw new Error(`${name}: a row does not fit its columns`);
        held.push(row);
      }
      this.sheets.push({ name, rows: held });
    }
    return Buffer.from("workbook");
  }
}

const begin = async () => {
  const app = {
    clock: new FakeClock(),
    migrations: new FakeMigrationStore(),
    accounts: new FakeAccountStore(2),
    memberLinks: new FakeMemberLinkStore(),
    allocations: new FakeAllocationStore(),
    objects: new FakeObjectStore(),
    workbooks: new FakeWorkbookWriter(),
    mailboxes: {
      summaries: async ({ address }: typeof mailbox) => (address === mailbox.address ? [summary] : []),
      refused: async ({ address }: typeof mailbox) => (address === mailbox.address ? [refused] : []),
    },
  };
  await app.migrations.create(inSwitch());
  const totals = {
    messages: { source: 3, copied: 1, alreadyThere: 1, refused: 1 },
    bytes: { source: 300, copied: 100 },
  };
  await app.accounts.createAll([{ ...exampleAccount(1), state: completed(1), totals }]);
  await app.accounts.createAll([
    {
      ...exampleAccount(2),
      state: completed(1),
      totals: { ...totals, messages: { ...totals.messages, source: 4 } },
    },
  ]);
  for (let number = 3; number <= 20; number += 1) await app.accounts.createAll([exampleAccount(number)]);
  return app;
};

describe("the report", () => {
  it("is left as a workbook and a document where the answer says", async () => {
    const app = await begin();
    const answer = await writeReport(app, exampleId);
    expect(answer).toEqual({
      workbookKey: objectKeys.reportWorkbook(exampleId),
      documentKey: objectKeys.reportDocument(exampleId),
    });
    expect(app.objects.keys()).toEqual([answer.documentKey, answer.workbookKey].sort());
    const bytes = await app.objects.read(answer.documentKey, 1_000_000);
    const document = ReportDocument.parse(JSON.parse(new TextDecoder().decode(bytes ?? new Uint8Array())));
    expect(document).toMatchObject({
      migrationId: exampleId,
      phase: "switch",
      accounts: { total: 20, completed: 1, failed: 1, notStarted: 18, copying: 0 },
      messages: { source: 7, copied: 2, alreadyThere: 2, refused: 2 },
    });
    expect(document.perAccount.map((line) => line.address)).toEqual(
      document.perAccount.map((line) => line.address).sort(),
    );
  });

  it("asks several mailboxes at once, none that was never in a pass, and keeps their order", async () => {
    const app = await begin();
    for (let number = 101; number <= 160; number += 1) {
      await app.accounts.createAll([{ ...exampleAccount(number), state: completed(1) }]);
    }
    const asked: string[] = [];
    let [underWay, most] = [0, 0];
    const summaries = async ({ address }: typeof mailbox) => {
      asked.push(address);
      underWay += 1;
      most = Math.max(most, underWay);
      await Promise.resolve();
      underWay -= 1;
      return [FolderSummary.parse({ ...summary, address })];
    };
    await writeReport({ ...app, mailboxes: { ...app.mailboxes, summaries } }, exampleId);
    const addresses = app.workbooks.sheets[1]?.rows.map(([address]) => address);
    expect(addresses).toHaveLength(62);
    expect(addresses).toEqual(asked.toSorted());
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(24);
  });

  it("has one line for each account, folder and refused message, with reasons in both languages", async () => {
    const app = await begin();
    await writeReport(app, exampleId);
    const [accounts, folders, messages] = app.workbooks.sheets;
    expect(accounts?.rows).toHaveLength(20);
    const unbalanced = accounts?.rows.find(([address]) => address === "member2@yunfan.example");
    expect(unbalanced?.[3]).toBe("迁移异常 / failed");
    expect(unbalanced?.slice(-2)).toEqual([
      expect.stringContaining("数目不符"),
      expect.stringContaining("does not add up"),
    ]);
    expect(folders?.rows).toEqual([
      ["member1@yunfan.example", "收件箱", "INBOX", "special-use", 3, 1, 1, 1, 300, 1, 1, 0, 2, 5, 0, 6, ""],
    ]);
    expect(messages?.rows).toEqual([
      [
        "member1@yunfan.example",
        "收件箱",
        42,
        "2026-01-02T03:04:05.000Z",
        100,
        "=cmd|'/C calc'!A0",
        "too-large",
        1,
        "NO [TOOBIG]",
      ],
    ]);
  });

  it("says in both languages which folder the target refused to subscribe to", async () => {
    const app = await begin();
    const unsubscribed = FolderSummary.parse({ ...summary, sourcePath: "Private", notSubscribed: true });
    const summaries = async ({ address }: typeof mailbox) =>
      address === mailbox.address ? [summary, unsubscribed] : [];
    await writeReport({ ...app, mailboxes: { ...app.mailboxes, summaries } }, exampleId);
    expect(app.workbooks.sheets[1]?.rows.map((row) => [row[1], row.at(-1)])).toEqual([
      ["收件箱", ""],
      ["Private", expect.stringMatching(/拒绝订阅.* \/ The target refused to subscribe/)],
    ]);
  });

  it("no longer lists a refusal that a later pass has overcome", async () => {
    const app = await begin();
    const account = await app.accounts.get(exampleId, mailbox.address);
    if (account === null) throw new Error("the account is gone");
    await app.accounts.replace(account, { ...account, state: completed(2) });
    await writeReport(app, exampleId);
    expect(app.workbooks.sheets[2]?.rows).toEqual([]);
  });

  it("lists the addresses that members left over were given, where there are any", async () => {
    const app = await begin();
    await writeReport(app, exampleId);
    expect(app.workbooks.sheets.map(({ name }) => name)).not.toContain("分配地址 Allocated");
    const line = {
      memberId: MemberId.parse("u1"),
      name: "张伟",
      address: MailAddress.parse("zhangwei@yunfan.example"),
      origin: "name",
    } as const;
    const state = { status: "confirmed", since: app.clock.now() } as const;
    await app.allocations.create({ migrationId: exampleId, ...line, state });
    const { documentKey } = await writeReport(app, exampleId);
    const bytes = await app.objects.read(documentKey, 1_000_000);
    const document = ReportDocument.parse(JSON.parse(new TextDecoder().decode(bytes ?? new Uint8Array())));
    expect(document.allocated).toEqual([{ ...line, status: "confirmed" }]);
    expect(app.workbooks.sheets.at(-1)).toEqual({
      name: "分配地址 Allocated",
      rows: [["u1", "张伟", "zhangwei@yunfan.example", "姓名 / name", "已分配 / given"]],
    });
  });

  it("says of a member who was asked that the link has ended, and looks at no other account's", async () => {
    const app = await begin();
    const at = app.clock.now();
    const { address } = exampleAccount(21);
    const notice = { kind: "ask", number: 1, begunAt: at, mail: { outcome: "sent", at } } as const;
    await app.accounts.createAll([{ ...exampleAccount(21, { state: asked }), notice }]);
    await issueMemberLink(
      { ...app, linkTokens },
      { migrationId: exampleId, address, pageUrl: "https://page.example.test/m", days: 1 },
    );
    app.clock.advance(86_400);
    const lookedAt: MailAddress[] = [];
    const access: FakeMemberLinkStore["access"] = (key) => {
      lookedAt.push(key.address);
      return app.memberLinks.access(key);
    };
    const { documentKey } = await writeReport({ ...app, memberLinks: { access } }, exampleId);
    const bytes = await app.objects.read(documentKey, 1_000_000);
    const document = ReportDocument.parse(JSON.parse(new TextDecoder().decode(bytes ?? new Uint8Array())));
    const line = document.perAccount.find((found) => found.address === address);
    expect(line?.reason).toMatch(/has not given it yet\. The link ended at .* remind the member/);
    expect(JSON.stringify(app.workbooks.sheets)).toMatch(/尚未收到。链接已于 .* 过期/);
    expect(lookedAt).toEqual([address]);
  });

  it("of a migration nobody knows is an error", async () => {
    const app = { ...(await begin()), migrations: new FakeMigrationStore() };
    await expect(writeReport(app, exampleId)).rejects.toMatchObject({ name: "MigrationUnknown" });
  });
});
