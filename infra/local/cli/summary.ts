import type { RunDocument } from "../../../shared/report/report-document.ts";

/** More accounts than this are in the report file, not on the screen. */
const accountsShown = 50;

/** A run's report for the eye: one line an account, then the sums, then what it would have cost. */
export const summaryLines = (run: RunDocument): readonly string[] => {
  const { accounts, messages, bytes, cost } = run;
  const shown = run.perAccount.slice(0, accountsShown).flatMap(accountLines);
  const left = run.perAccount.length - accountsShown;
  return [
    `${run.domain}: ${accounts.completed} of ${accounts.total} mailboxes complete, phase ${run.phase}, ${run.seconds.toFixed(1)} s`,
    ...shown,
    ...(left > 0 ? [`  … and ${left} more in the report`] : []),
    `  ${messages.source} messages = ${balance(messages)}; ${megabytes(bytes.copied)} MB copied`,
    ...(run.allocated === undefined
      ? []
      : [`  addresses for members without a mailbox: ${run.allocated.length}; they stand in the report`]),
    `  ${price(cost)}`,
  ];
};

const accountLines = ({
  address,
  status,
  reason,
  messages,
}: RunDocument["perAccount"][number]): readonly string[] => [
  `  ${marks[status]} ${address.padEnd(36)} ${String(messages.source).padStart(7)} = ${balance(messages)}`,
  ...(reason === null ? [] : [`      ${reason}`]),
];

/** Requests are counted only by the local cloud; elsewhere the bill itself tells. */
const price = ({ usd, parts, requests }: RunDocument["cost"]): string =>
  Object.values(requests).every((count) => count === 0)
    ? `the mail that leaves AWS costs about ${parts.egress.toFixed(4)} USD; the requests are on the bill of where the pipeline runs`
    : `on AWS this run would have cost about ${usd.toFixed(4)} USD, ${parts.egress.toFixed(4)} of it for the mail that leaves AWS`;

const balance = ({ copied, alreadyThere, refused }: RunDocument["messages"]): string =>
  `${copied} copied + ${alreadyThere} already there + ${refused} refused`;

const marks = { completed: "✓", failed: "✗", notStarted: "–", copying: "…" } as const;

const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(1);
