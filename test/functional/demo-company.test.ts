import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import exceljs from "exceljs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { demoCompany } from "../../infra/local/demo/company/company.ts";
import { type RunningDemoCompany, startDemoCompany } from "../../infra/local/demo/demo-company.ts";
import { seedMailbox } from "../../infra/local/demo/seeding/seed-mailbox.ts";
import { describedMailbox } from "../support/mailbox-content.ts";
import { expectSameMailbox, openMailbox, snapshotMailbox } from "../support/mailbox-snapshot.ts";

let directory: string;
let demo: RunningDemoCompany;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "mailferry-demo-"));
  demo = await startDemoCompany({ directory });
});

afterAll(async () => {
  await demo.stop();
  await rm(directory, { recursive: true, force: true });
});

describe("the old server", () => {
  test.each(demoCompany().mailboxes)("holds $address exactly as it is described", async (mailbox) => {
    const found = await snapshotMailbox({
      ...demo.source.accessOf(mailbox.address),
      password: mailbox.password,
    });
    expect(() => expectSameMailbox(describedMailbox(mailbox.folders), found)).not.toThrow();
  });
});

test("the new server has every mailbox, empty, open to the master user", async () => {
  const { masterUser } = demo.target;
  const counts = demo.company.mailboxes.map(async ({ address }) => {
    const access = demo.target.accessOf(address);
    const master = {
      user: masterUser?.user ?? "",
      password: masterUser?.password ?? "",
      authorisedAs: address,
    };
    await using client = await openMailbox({ ...access, ...master });
    return client.status("INBOX", { messages: true });
  });
  expect(await Promise.all(counts)).toEqual(
    Array.from({ length: 14 }, () => expect.objectContaining({ messages: 0 })),
  );
});

test("the accounts workbook gives every mailbox with the password that opens it", async () => {
  const workbook = new exceljs.Workbook();
  await workbook.xlsx.readFile(demo.files.accounts);
  expect(workbook.worksheets.map(({ name }) => name)).toEqual([
    "成员邮箱名单",
    "公共邮箱名单",
    "【参考】企业微信通讯录",
  ]);
  const passwords = new Map<string, string>();
  const read = (sheet: string, passwordColumn: number): void => {
    workbook.getWorksheet(sheet)?.eachRow((row, number) => {
      if (number > 1) passwords.set(row.getCell(1).text, row.getCell(passwordColumn).text);
    });
  };
  read("成员邮箱名单", 3);
  read("公共邮箱名单", 2);
  expect(passwords).toEqual(
    new Map(demo.company.mailboxes.map(({ address, password }) => [address, password])),
  );
});

test("the directory file lists every member as the settings want it", async () => {
  const Members = z.array(
    z.strictObject({
      userid: z.string(),
      name: z.string(),
      departments: z.array(z.string()),
      email: z.email().optional(),
      mobile: z.string().optional(),
    }),
  );
  const members = Members.parse(JSON.parse(await readFile(demo.files.members, "utf8")));
  expect(members.map(({ userid }) => userid)).toEqual(demo.company.members.map(({ userid }) => userid));
});

describe("a demo started again", () => {
  test("goes on with the same ports and the mail as it was left", async () => {
    const ports = [demo.source.port, demo.target.port];
    const [{ address } = { address: "" }] = demo.company.mailboxes;
    const arrived = { raw: Buffer.from("Subject: new\r\n\r\n"), flags: [], internalDate: new Date(0) };
    await seedMailbox(demo.source, address, [{ path: "INBOX", messages: [arrived] }]);
    const before = await snapshotMailbox(demo.source.accessOf(address));
    await demo.stop();
    demo = await startDemoCompany({ directory });
    expect([demo.source.port, demo.target.port]).toEqual(ports);
    expect(await snapshotMailbox(demo.source.accessOf(address))).toEqual(before);
  });

  test("after a filling that was cut off holds every message once", async () => {
    await demo.stop();
    await rm(join(directory, "source", "seeded"));
    demo = await startDemoCompany({ directory });
    const [mailbox] = demo.company.mailboxes;
    const found = await snapshotMailbox(demo.source.accessOf(mailbox?.address ?? ""));
    expect(() => expectSameMailbox(describedMailbox(mailbox?.folders ?? []), found)).not.toThrow();
  });
});
