import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { corpus, mailboxCorpus, ordinaryMail } from "../../../infra/local/bench/corpus.ts";
import { folderShares } from "../../../infra/local/bench/folders.ts";
import { roleNames } from "../../../shared/folders/role-names.ts";

const amounts = fc.record({ messages: fc.nat({ max: 5_000 }), folders: fc.integer({ min: 1, max: 60 }) });

describe("the folders of a measured mailbox", () => {
  it("share all messages among as many folders as were asked for, evenly, each name once", () => {
    fc.assert(
      fc.property(amounts, ({ messages, folders }) => {
        const shares = folderShares({ messages, folders });
        const counts = shares.map((share) => share.messages);
        expect(new Set(shares.map(({ path }) => path)).size).toBe(folders);
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(messages);
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("are the INBOX alone unless more are asked for", () => {
    expect(folderShares({ messages: 7 })).toEqual([{ path: "INBOX", messages: 7 }]);
  });

  it("are flat and nested, some in Chinese, and none has a name that providers give to a role", () => {
    const paths = folderShares({ messages: 1_000, folders: 20 }).map(({ path }) => path);
    const chinese = paths.filter((path) => /\p{Script=Han}/u.test(path));
    expect(paths[0]).toBe("INBOX");
    expect(paths.filter((path) => path.includes("/")).length).toBeGreaterThan(5);
    expect(paths.filter((path) => !path.includes("/")).length).toBeGreaterThan(5);
    expect(chinese.length).toBeGreaterThan(2);
    expect(chinese.length).toBeLessThan(10);
    const names = roleNames.flatMap((role) => role.names);
    expect(paths.flatMap((path) => path.split("/")).filter((name) => names.includes(name))).toEqual([]);
  });
});

describe("the mail of a measured mailbox", () => {
  const user = "user0@example.test";
  const filled = (amount: Parameters<typeof mailboxCorpus>[1]) =>
    mailboxCorpus(user, amount, ordinaryMail).map(({ path, messages }) => ({
      path,
      messages: [...messages],
    }));

  it("is the same as ever where it lies in one folder", () => {
    expect(filled({ messages: 20 })).toEqual([
      { path: "INBOX", messages: [...corpus(user, 20, ordinaryMail)] },
    ]);
  });

  it("is as large as it says: many small messages, and a few that make up much of it", () => {
    const [inbox] = filled({ messages: 2_000 });
    const sizes = (inbox?.messages ?? []).map(({ raw }) => raw.length).toSorted((one, other) => one - other);
    const kilobytes = (octets = 0) => Math.round(octets / 1_000);
    expect(kilobytes(sizes[1_000])).toBe(8);
    expect(kilobytes(sizes[1_980])).toBe(162);
    expect(kilobytes(sizes.at(-1))).toBe(10_000);
    expect(kilobytes(sizes.reduce((sum, size) => sum + size, 0))).toBe(49_277);
  });

  it("has no message twice where it lies in many folders", () => {
    const messages = filled({ messages: 60, folders: 20 }).flatMap((folder) => folder.messages);
    expect(messages).toHaveLength(60);
    expect(new Set(messages.map(({ raw }) => /^Message-ID: .*$/m.exec(raw.toString())?.[0])).size).toBe(60);
  });
});
