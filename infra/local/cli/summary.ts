import type { Language } from "../../../shared/contract/errors.ts";
import type { RunDocument } from "../../../shared/report/report-document.ts";
import { phaseNames } from "./phase-names.ts";

/** More accounts than this are in the report file, not on the screen. */
export const accountsShown = 50;

/** A run's report for the eye: one line an account, then the sums, then what it would have cost. */
export const summaryLines = (run: RunDocument, language: Language): readonly string[] => {
  const { allocated, cost } = run;
  return [
    headOf(run)[language],
    ...accountsLines(run, language),
    sumsOf(run)[language],
    ...(allocated === undefined ? [] : [addresses(allocated.length)[language]]),
    `  ${price(cost)[language]}`,
  ];
};

/** The first accounts of a report for the eye, each with what keeps it from being completed. */
export const accountsLines = (
  { perAccount }: Pick<RunDocument, "perAccount">,
  language: Language,
): readonly string[] => {
  const left = perAccount.length - accountsShown;
  return [
    ...perAccount.slice(0, accountsShown).flatMap((line) => accountLines(line, language)),
    ...(left > 0 ? [moreAccounts(left)[language]] : []),
  ];
};

const headOf = ({ domain, accounts: { completed, total }, phase, seconds }: RunDocument) => ({
  en: `${domain}: ${completed} of ${total} mailboxes complete, phase ${phaseNames[phase].en}, ${seconds.toFixed(1)} s`,
  zhCN: `${domain}：${total} 个邮箱中 ${completed} 个迁移完成，阶段：${phaseNames[phase].zhCN}，用时 ${seconds.toFixed(1)} 秒`,
});

const accountLines = (
  { address, status, reason, messages }: RunDocument["perAccount"][number],
  language: Language,
): readonly string[] => [
  `  ${marks[status]} ${address.padEnd(36)} ${String(messages.source).padStart(7)} = ${balance(messages)[language]}`,
  ...(reason === null ? [] : [`      ${reason}`]),
];

const moreAccounts = (left: number) => ({
  en: `  … and ${left} more in the report`,
  zhCN: `  … 其余 ${left} 个见报告`,
});

const sumsOf = ({ messages, bytes }: RunDocument) => ({
  en: `  ${messages.source} messages = ${balance(messages).en}; ${megabytes(bytes.copied)} MB copied`,
  zhCN: `  邮件 ${messages.source} 封 = ${balance(messages).zhCN}；共复制 ${megabytes(bytes.copied)} MB`,
});

const addresses = (number: number) => ({
  en: `  addresses for members without a mailbox: ${number}; they stand in the report`,
  zhCN: `  已为没有邮箱的成员分配 ${number} 个地址，详见报告`,
});

/** Requests are counted only by the local cloud; elsewhere the bill itself tells. */
const price = ({ usd, parts, requests }: RunDocument["cost"]) => {
  const egress = parts.egress.toFixed(4);
  return Object.values(requests).every((count) => count === 0)
    ? {
        en: `the mail that leaves AWS costs about ${egress} USD; the requests are on the bill of where the pipeline runs`,
        zhCN: `邮件流出 AWS 的费用约 ${egress} 美元；请求费用见流水线所在环境的账单`,
      }
    : {
        en: `on AWS this run would have cost about ${usd.toFixed(4)} USD, ${egress} of it for the mail that leaves AWS`,
        zhCN: `本次运行若在 AWS 上约需 ${usd.toFixed(4)} 美元，其中邮件流出 AWS 的费用为 ${egress} 美元`,
      };
};

const balance = ({ copied, alreadyThere, refused }: RunDocument["messages"]) => ({
  en: `${copied} copied + ${alreadyThere} already there + ${refused} refused`,
  zhCN: `已复制 ${copied} + 原已存在 ${alreadyThere} + 被拒 ${refused}`,
});

const marks = { completed: "✓", failed: "✗", notStarted: "–", copying: "…" } as const;

const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(1);
