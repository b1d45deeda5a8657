import { describe, expect, it } from "vitest";
import { MailferryError } from "../../shared/contract/errors.ts";
import { readDirectory } from "../../shared/directory/read-directory.ts";
import { memberHeaders } from "../support/accounts-rows.ts";
import { exceljsWorkbook } from "../support/exceljs-workbook.ts";
import { FakeMemberDirectory, members } from "../support/fake-member-directory.ts";
import { runImport, uploaded, uploadNumbered, uploadsLeft } from "../support/import-scenario.ts";
import { exampleId } from "../support/migration-example.ts";
import { withWecom } from "../support/wecom-migration.ts";

/** An upload that names the members of these numbers, and WeCom with others perhaps. */
const uploadOf = async (...numbers: readonly number[]) => {
  const rows = numbers.map((number) => [`m${number}@yunfan.example`, `member${number}`, `Pw-${number}`]);
  const ports = await uploaded(
    withWecom(),
    await exceljsWorkbook({ 成员邮箱名单: [memberHeaders, ...rows] }),
  );
  const memberDirectory = new FakeMemberDirectory();
  const { clock, migrations, directories, objects } = ports;
  const app = { clock, migrations, directories, objects, memberDirectory };
  const readNow = () => readDirectory(app, { migrationId: exampleId });
  ports.directoryReader.whenRead = async () => {
    ports.directoryReader.answer = await readNow();
  };
  return { ports, memberDirectory, readNow };
};

const busy = new MailferryError("WecomBusy", { call: "user/list", code: 45_009 });
const untrusted = new MailferryError("WecomAddressRefused", { address: "192.0.2.7" });

describe("an import against WeCom's directory", () => {
  it("reads the members itself and fills in what the sheet leaves out", async () => {
    const { ports, memberDirectory } = await uploadOf(1, 2);
    memberDirectory.present = members(1, 2, 3);
    expect(await runImport(ports)).toMatchObject({ outcome: "imported", created: 2, rejected: 0 });
    expect(ports.accounts.all(exampleId)[0]).toMatchObject({ name: "成员1", department: "销售部" });
  });

  it("knows who was added to WeCom a moment ago, and names who was not", async () => {
    const { ports, memberDirectory, readNow } = await uploadOf(1, 2, 9);
    memberDirectory.present = members(1);
    await readNow();
    ports.clock.advance(60);
    memberDirectory.present = members(1, 2);
    expect(await runImport(ports)).toMatchObject({
      outcome: "imported",
      created: 2,
      errors: [{ name: "MemberUnknown", row: 4 }],
    });
  });

  it("is done with an older snapshot that knows everybody, when WeCom cannot be asked", async () => {
    const { ports, memberDirectory, readNow } = await uploadOf(1);
    memberDirectory.present = members(1);
    await readNow();
    ports.clock.advance(3_600);
    memberDirectory.failure = untrusted;
    expect(await runImport(ports)).toMatchObject({ outcome: "imported", created: 1 });
  });

  it("waits, and calls nobody unknown, while WeCom cannot be asked for a moment", async () => {
    const { ports, memberDirectory, readNow } = await uploadOf(1, 2);
    memberDirectory.failure = busy;
    await expect(runImport(ports)).rejects.toMatchObject({ name: "WecomBusy" });
    memberDirectory.failure = null;
    memberDirectory.present = members(1);
    await readNow();
    ports.clock.advance(60);
    memberDirectory.failure = busy;
    await expect(runImport(ports)).rejects.toMatchObject({ name: "WecomBusy" });
    expect(uploadsLeft(ports)).toHaveLength(1);
    memberDirectory.failure = null;
    memberDirectory.present = members(1, 2);
    expect(await runImport(ports)).toMatchObject({ outcome: "imported", created: 2, rejected: 0 });
  });

  it("says what is wrong with the directory where that will not pass, instead of calling somebody unknown", async () => {
    const { ports, memberDirectory, readNow } = await uploadOf(1, 2);
    memberDirectory.present = members(1);
    await readNow();
    ports.clock.advance(60);
    memberDirectory.failure = untrusted;
    expect(await runImport(ports, uploadNumbered(2))).toMatchObject({
      outcome: "unusable",
      error: { name: "WecomAddressRefused", evidence: { address: "192.0.2.7" } },
    });
    expect(ports.accounts.all(exampleId)).toEqual([]);
  });
});
