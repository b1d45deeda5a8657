import { describe, expect, it } from "vitest";
import { MailAddress, MigrationId, Timestamp } from "../../../shared/contract/ids.ts";
import { price } from "../../../shared/cost/price.ts";
import { ReportDocument, type ReportLine, RunDocument } from "../../../shared/report/report-document.ts";
import { reportTotals } from "../../../shared/report/report-totals.ts";
import { baselinesOf, runDocument } from "../../../shared/report/run-document.ts";

const address = (name: string) => MailAddress.parse(`${name}@yunfan.example`);
const line = (name: string, differing: Partial<ReportLine> = {}): ReportLine => ({
  address: address(name),
  target: address(name),
  name,
  status: "completed",
  reason: null,
  messages: { source: 10, copied: 7, alreadyThere: 2, refused: 1 },
  bytes: { source: 1_000, copied: 700 },
  copiedEver: 7,
  ...differing,
});
const report = (...perAccount: ReportLine[]): ReportDocument =>
  ReportDocument.parse({
    migrationId: MigrationId.parse("yunfan.example-k3v9"),
    domain: "yunfan.example",
    phase: "history",
    writtenAt: Timestamp.parse("2026-11-22T08:00:00.000Z"),
    ...reportTotals(perAccount),
    perAccount,
  });
const facts = { seconds: 12.3, cost: price({}, 0) };
const had = (name: string, copiedEver: number, copiedBytes: number) =>
  baselinesOf([
    {
      address: address(name),
      copiedEver,
      totals: {
        messages: { source: 0, copied: 0, alreadyThere: 0, refused: 0 },
        bytes: { source: 0, copied: copiedBytes },
      },
    },
  ]);
const only = (document: RunDocument) => document.perAccount[0];

describe("what one run's document says of a mailbox", () => {
  it("is the whole report when the run is the first", () => {
    const document = runDocument(report(line("a")), new Map(), facts);
    expect(RunDocument.parse(document)).toEqual(document);
    expect(only(document)?.messages).toEqual({ source: 10, copied: 7, alreadyThere: 2, refused: 1 });
    expect(document.bytes.copied).toBe(700);
  });

  it("counts what earlier runs copied as already there", () => {
    const document = runDocument(report(line("a")), had("a", 5, 500), facts);
    expect(only(document)?.messages).toEqual({ source: 10, copied: 2, alreadyThere: 7, refused: 1 });
    expect(document.messages).toEqual({ source: 10, copied: 2, alreadyThere: 7, refused: 1 });
    expect(document.bytes).toEqual({ source: 1_000, copied: 200 });
  });

  it("says nothing copied when the run found nothing to do", () => {
    const document = runDocument(report(line("a")), had("a", 7, 700), facts);
    expect(only(document)).toMatchObject({ messages: { copied: 0, alreadyThere: 9 }, bytes: { copied: 0 } });
  });

  it("never counts more as copied than the balance holds, when copied messages have vanished since", () => {
    const document = runDocument(report(line("a", { copiedEver: 30 })), had("a", 5, 0), facts);
    expect(only(document)?.messages).toMatchObject({ copied: 7, alreadyThere: 2 });
  });

  it("keeps every balance", () => {
    for (const copiedEver of [0, 3, 7, 20]) {
      const messages = only(runDocument(report(line("a")), had("a", copiedEver, 0), facts))?.messages;
      if (messages === undefined) throw new Error("the line is gone");
      expect(messages.copied + messages.alreadyThere + messages.refused).toBe(messages.source);
      expect(messages.copied).toBeGreaterThanOrEqual(0);
    }
  });

  it("has the run's facts and not when the report was written", () => {
    const document = runDocument(report(line("a")), new Map(), facts);
    expect(document).toMatchObject(facts);
    expect(document).not.toHaveProperty("writtenAt");
  });
});
