import { describe, expect, it } from "vitest";
import { isMailferryError, MailferryError, vocabulary } from "../../../shared/contract/errors.ts";
import { StoredError, storedSentence, toStoredError } from "../../../shared/contract/stored-error.ts";

const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => String(name)).sort();

describe("the error vocabulary", () => {
  it.each(Object.entries(vocabulary))("%s says the same facts in both languages", (_name, { en, zhCN }) => {
    expect(placeholders(zhCN)).toEqual(placeholders(en));
  });

  it("gives an error its name, because Lambda and Step Functions know errors by it", () => {
    const error = new MailferryError("MigrationUnknown", { migrationId: "example.test-1" });
    expect(error.name).toBe("MigrationUnknown");
    expect(error.message).toBe("There is no migration example.test-1. Check its id.");
    expect(isMailferryError(error, "MigrationUnknown")).toBe(true);
    expect(isMailferryError(error, "LoginRefused")).toBe(false);
  });

  it("keeps an error and says it again in the reader's language", () => {
    const evidence = { side: "source", mailbox: "a@example.test", words: "NO [AUTHENTICATIONFAILED]" };
    const stored = StoredError.parse(
      JSON.parse(JSON.stringify(toStoredError(new MailferryError("LoginRefused", evidence)))),
    );
    expect(storedSentence(stored, "zhCN")).toContain(
      "原邮件服务器拒绝 a@example.test 登录：NO [AUTHENTICATIONFAILED]",
    );
    expect(storedSentence(stored, "en")).toContain("The source server refused the login of a@example.test");
  });

  it("ends a sentence with one full stop where a server's words bring their own", () => {
    const evidence = { side: "source", mailbox: "a@example.test", words: "Authentication failed." };
    const error = new MailferryError("LoginRefused", evidence);
    expect(error.in("en")).toContain("a@example.test: Authentication failed. Check");
    expect(error.in("zhCN")).toContain("Authentication failed。请");
  });

  it("does not turn a bug into a recorded outcome", () => {
    expect(() => toStoredError(new TypeError("a bug"))).toThrow("a bug");
  });
});
