import { describe, expect, it } from "vitest";
import { Account } from "../../shared/contract/account.ts";
import { directoryRows, memberHeaders } from "../support/accounts-rows.ts";
import { type ImportPorts, runImport, uploaded } from "../support/import-scenario.ts";
import { exampleId, inAccounts } from "../support/migration-example.ts";
import { minimalWorkbook } from "../support/minimal-workbook.ts";

const sixRows = async (): Promise<ImportPorts> => {
  const rows = Array.from({ length: 6 }, (_unused, index) => [
    `a${index}@yunfan.example`,
    `m${index + 1}`,
    `Pw-${index}`,
  ]);
  const sheets = { 成员邮箱名单: [memberHeaders, ...rows], "【参考】企业微信通讯录": directoryRows(6) };
  return uploaded(inAccounts(), minimalWorkbook(sheets));
};

const noneDone = { batches: 0, messages: 0, bytes: 0 };

/** The next creation makes so many of its accounts and then ends like this. */
const creationEndsAfter = (ports: ImportPorts, made: number, ending: () => Promise<void>): void => {
  const { accounts } = ports;
  const createAll = accounts.createAll.bind(accounts);
  accounts.createAll = async (all) => {
    accounts.createAll = createAll;
    await createAll(all.slice(0, made));
    await ending();
    return createAll(all);
  };
};

describe("accounts that are made many at a time", () => {
  it.each([0, 1, 5, 6])(
    "are all there once, and counted once, when the import dies after %i of them",
    async (made) => {
      const ports = await sixRows();
      creationEndsAfter(ports, made, () => Promise.reject(new Error("gone")));
      await expect(runImport(ports)).rejects.toThrow("gone");
      expect(ports.accounts.all(exampleId)).toHaveLength(made);
      expect(await runImport(ports)).toMatchObject({ outcome: "imported", created: 6, rejected: 0 });
      expect(ports.accounts.all(exampleId)).toHaveLength(6);
      expect(ports.vault.count(exampleId)).toBe(6);
    },
  );

  it("are counted as made when the answer was lost and the request is made again", async () => {
    const ports = await sixRows();
    creationEndsAfter(ports, 4, async () => {});
    expect(await runImport(ports)).toMatchObject({ created: 6, unchanged: 0 });
  });

  it("leave one alone that has begun meanwhile", async () => {
    const ports = await sixRows();
    let begun: Account | undefined;
    creationEndsAfter(ports, 6, async () => {
      const [first] = ports.accounts.all(exampleId);
      if (first === undefined) throw new Error("no account was made");
      const state = { status: "copying", pass: 1, since: first.importedAt, done: noneDone };
      begun = Account.parse({ ...first, state });
      await ports.accounts.replace(first, begun);
    });
    await runImport(ports);
    expect(ports.accounts.all(exampleId)[0]).toEqual(begun);
  });
});

describe("an import that has not left word of itself yet", () => {
  it("makes no account and keeps no password", async () => {
    const ports = await sixRows();
    ports.imports.put = async () => {
      throw new Error("gone");
    };
    await expect(runImport(ports)).rejects.toThrow("gone");
    expect(ports.accounts.all(exampleId)).toEqual([]);
    expect(ports.vault.count(exampleId)).toBe(0);
    expect(await ports.turns.get(exampleId)).toBeNull();
  });

  it("does not give its turn back before that word has arrived, whatever else fails meanwhile", async () => {
    const ports = await sixRows();
    const failed = Promise.withResolvers<void>();
    ports.allocations.all = async () => {
      failed.resolve();
      throw new Error("gone");
    };
    const put = ports.imports.put.bind(ports.imports);
    const holders: unknown[] = [];
    ports.imports.put = async (run) => {
      await failed.promise;
      for (let step = 0; step < 20; step += 1) await new Promise((resolve) => setImmediate(resolve));
      holders.push((await ports.turns.get(exampleId))?.holder);
      await put(run);
    };
    await expect(runImport(ports)).rejects.toThrow("gone");
    expect(holders).toEqual([expect.stringContaining("accounts.xlsx")]);
    expect(await ports.turns.get(exampleId)).toBeNull();
  });
});
