import { describe, expect, it } from "vitest";
import { progressOn } from "../../../infra/local/cli/progress.ts";
import { Account } from "../../../shared/contract/account.ts";
import type { Language } from "../../../shared/contract/errors.ts";
import { Timestamp } from "../../../shared/contract/ids.ts";
import { exampleAccount, inHistory } from "../../support/migration-example.ts";

const copying = (messages: number): Account => {
  const state = {
    ...{ status: "copying", pass: 1, since: "2026-11-22T00:00:00.000Z" },
    ...{ planned: { batches: 1, messages: 30, bytes: 0 }, done: { batches: 0, messages, bytes: 0 } },
  };
  return Account.parse({ ...exampleAccount(1), state });
};

const settled = inHistory({ settledAt: Timestamp.parse("2026-11-22T00:00:02.000Z"), copied: 30 });

/** What a log file holds after two looks, a second apart, with ten messages more, and the end of it. */
const logOf = (language: Language): string => {
  let log = "";
  let now = 0;
  const write = (text: string) => {
    log += text;
  };
  const progress = progressOn({ write }, language, () => now);
  progress.show(inHistory(), [copying(5)]);
  progress.show(inHistory(), [copying(5)]);
  now = 1_000;
  progress.show(inHistory(), [copying(15)]);
  now = 2_000;
  const ended = { total: 1, completed: 1, failed: 0, notStarted: 0, copying: 0 };
  progress.end(settled, { accounts: ended });
  return log;
};

describe("progress in a log file", () => {
  it("is a line for each change, with the rate, in the reader's language", () => {
    expect(logOf("en")).toBe(
      "history, pass 1 (initial): 0 of 1 mailboxes complete; 5 of 30 messages\n" +
        "history, pass 1 (initial): 0 of 1 mailboxes complete; 15 of 30 messages, 10/s\n" +
        "history, pass 1 (initial): 1 of 1 mailboxes complete; 30 of 30 messages, 13/s\n",
    );
    expect(logOf("zhCN")).toBe(
      "迁移历史邮件，第 1 轮（首轮）：1 个邮箱中 0 个迁移完成，1 个迁移中；邮件 5/30 封\n" +
        "迁移历史邮件，第 1 轮（首轮）：1 个邮箱中 0 个迁移完成，1 个迁移中；邮件 15/30 封，每秒 10 封\n" +
        "迁移历史邮件，第 1 轮（首轮）：1 个邮箱中 1 个迁移完成；邮件 30/30 封，每秒 13 封\n",
    );
  });
});
