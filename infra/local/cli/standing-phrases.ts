import type { Language } from "../../../shared/contract/errors.ts";
import type { MxAbsence, MxObservation } from "../../../shared/contract/migration.ts";
import type { WaitingReason } from "../../../shared/contract/pace.ts";
import type { Pass, PassKind } from "../../../shared/contract/pass.ts";

type Phrase = Readonly<Record<Language, string>>;

/** What the line that shows progress is put together from, in English and Chinese. */
export const standingPhrases = {
  pass: ({ number, kind }: Pick<Pass, "number" | "kind">) => ({
    en: `, pass ${number} (${kind})`,
    zhCN: `，第 ${number} 轮（${passKinds[kind]}）`,
  }),
  completed: (completed: number, total: number) => ({
    en: `: ${completed} of ${total} mailboxes complete`,
    zhCN: `：${total} 个邮箱中 ${completed} 个迁移完成`,
  }),
  /** English says how many there are and lets the reader subtract; in Chinese the numbers are expected to add up. */
  copying: (number: number) => ({ en: "", zhCN: `，${number} 个迁移中` }),
  failed: (number: number) => ({ en: `, ${number} failed`, zhCN: `，${number} 个迁移异常` }),
  notStarted: (number: number) => ({ en: `, ${number} not started`, zhCN: `，${number} 个未启动迁移` }),
  messages: (copied: number, planned: number) => ({
    en: `; ${copied} of ${planned} messages`,
    zhCN: `；邮件 ${copied}/${planned} 封`,
  }),
  rate: (perSecond: number) => ({ en: `, ${perSecond}/s`, zhCN: `，每秒 ${perSecond} 封` }),
  waiting: (number: number, forWhat: Phrase) => ({
    en: `; ${number} waiting for ${forWhat.en}`,
    zhCN: `；${number} 个等待${forWhat.zhCN}`,
  }),
  dissent: (servers: readonly string[]) => ({
    en: `; the MX is not yet as expected: ${servers.join("; ")}`,
    zhCN: `；MX 记录尚未达到预期：${servers.join("；")}`,
  }),
  silent: ({ server, absence, reason }: Silence) => ({
    en: `${server} ${reason}`,
    zhCN: `${server} ${absences[absence]}${absence === "refused" || absence === "unreachable" ? `（${reason}）` : ""}`,
  }),
  records: (server: string, records: string) => ({
    en: `${server} has ${records}`,
    zhCN: `${server} 现为 ${records}`,
  }),
} as const satisfies Readonly<Record<string, (...evidence: never[]) => Phrase>>;

/** What a mailbox may wait for. */
export const awaited: Readonly<Record<WaitingReason, Phrase>> = {
  window: { en: "their hours", zhCN: "允许迁移的时段" },
  connections: { en: "a free connection", zhCN: "空闲连接" },
  dailyBytes: { en: "the next day's amount", zhCN: "次日的流量额度" },
  serverBusy: { en: "a busy server", zhCN: "繁忙的服务器" },
};

type Silence = Extract<MxObservation, { readonly answer: "none" }>;

/** English has the resolver's own words. */
const absences: Readonly<Record<MxAbsence, string>> = {
  noSuchDomain: "没有该域名",
  noRecords: "没有 MX 记录",
  refused: "拒绝回答",
  unreachable: "没有应答",
};

/** English calls them by their names on record. */
const passKinds: Readonly<Record<PassKind, string>> = {
  initial: "首轮",
  delta: "增量",
  final: "切换后",
};
