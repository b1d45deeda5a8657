import { describe, expect, it } from "vitest";
import { headline, mailboxesOf } from "../../../infra/local/cli/standing.ts";
import { Account } from "../../../shared/contract/account.ts";
import { Timestamp } from "../../../shared/contract/ids.ts";
import type { WaitingReason } from "../../../shared/contract/pace.ts";
import {
  completed,
  exampleAccount,
  inAccounts,
  inDrain,
  inHistory,
  inSwitch,
} from "../../support/migration-example.ts";

const at = Timestamp.parse("2026-11-22T00:00:00.000Z");

const copying = (number: number, reason?: WaitingReason): Account => {
  const state = {
    ...{ status: "copying", pass: 1, since: at, done: { batches: 1, messages: 12, bytes: 0 } },
    planned: { batches: 3, messages: 30, bytes: 0 },
    ...(reason === undefined ? {} : { waiting: { since: at, until: at, reason } }),
  };
  return Account.parse({ ...exampleAccount(number), state });
};

const failed = (number: number): Account => {
  const error = { name: "MailboxUnbalanced", evidence: {} };
  return Account.parse({ ...exampleAccount(number), state: { status: "failed", pass: 1, since: at, error } });
};

describe("how a migration stands", () => {
  it("is one line in the reader's language", () => {
    const accounts = [copying(1), failed(2), exampleAccount(3), exampleAccount(4, { state: completed(1) })];
    expect(headline(inHistory(), mailboxesOf(accounts), "en")).toBe(
      "history, pass 1 (initial): 1 of 4 mailboxes complete, 1 failed, 1 not started; 12 of 30 messages",
    );
    expect(headline(inHistory(), mailboxesOf(accounts), "zhCN")).toBe(
      "迁移历史邮件，第 1 轮（首轮）：4 个邮箱中 1 个迁移完成，1 个迁移中，1 个迁移异常，1 个未启动迁移；邮件 12/30 封",
    );
  });

  it("is the phase alone while there is no account", () => {
    expect(headline(inAccounts(), mailboxesOf([]), "en")).toBe("accounts");
    expect(headline(inAccounts(), mailboxesOf([]), "zhCN")).toBe("导入账号");
  });

  it("says how many mailboxes wait, and for what", () => {
    const accounts = [copying(1, "serverBusy"), copying(2, "serverBusy"), copying(3, "window"), copying(4)];
    expect(headline(inHistory(), mailboxesOf(accounts), "en")).toContain(
      "; 2 waiting for a busy server; 1 waiting for their hours",
    );
    expect(headline(inHistory(), mailboxesOf(accounts), "zhCN")).toContain(
      "；2 个等待繁忙的服务器；1 个等待允许迁移的时段",
    );
  });

  it("says nothing of waiting where nobody waits", () => {
    expect(headline(inHistory(), mailboxesOf([copying(1)]), "en")).not.toContain("waiting");
    expect(headline(inHistory(), mailboxesOf([copying(1)]), "zhCN")).not.toContain("等待");
  });

  it("speaks of the switch as under way only once the MX change has been seen", () => {
    expect(headline(inSwitch(), mailboxesOf([]), "zhCN")).toMatch(/^等待切换/);
    expect(headline(inSwitch(), mailboxesOf([]), "en")).toMatch(/^awaiting the switch/);
    expect(headline(inDrain(), mailboxesOf([]), "zhCN")).toMatch(/^切换，/);
    expect(headline(inDrain(), mailboxesOf([]), "en")).toMatch(/^switch,/);
  });

  it("names the servers that keep the switch waiting, and what they say", () => {
    const dissenting = [
      {
        server: "192.0.2.1:53",
        role: "resolver" as const,
        answer: "records" as const,
        records: [{ preference: 10, exchange: "mail.old.test", ttl: 60 }],
      },
      {
        ...{ server: "192.0.2.2:53", role: "resolver" as const, answer: "none" as const },
        ...{ absence: "refused" as const, reason: "the server answered SERVFAIL" },
      },
      {
        ...{ server: "192.0.2.3:53", role: "resolver" as const, answer: "none" as const },
        ...{ absence: "noRecords" as const, reason: "the server has no MX for yunfan.example" },
      },
    ];
    const migration = inSwitch({
      switch: {
        ...{ stage: "awaitingMx", since: at },
        lastVerdict: { verdict: "disagreed", at, dissenting },
      },
    });
    expect(headline(migration, mailboxesOf([]), "en")).toBe(
      "awaiting the switch, pass 1 (initial); the MX is not yet as expected: 192.0.2.1:53 has 10 mail.old.test; 192.0.2.2:53 the server answered SERVFAIL; 192.0.2.3:53 the server has no MX for yunfan.example",
    );
    expect(headline(migration, mailboxesOf([]), "zhCN")).toBe(
      "等待切换，第 1 轮（首轮）；MX 记录尚未达到预期：192.0.2.1:53 现为 10 mail.old.test；192.0.2.2:53 拒绝回答（the server answered SERVFAIL）；192.0.2.3:53 没有 MX 记录",
    );
  });
});
