import type { z } from "zod";
import type { Language } from "../contract/errors.ts";

/** One thing said in every language of a terminal. */
export type Sentences = Readonly<Record<Language, string>>;

/**
 * What a schema's issue says to the person who wrote the value; `range` is the number's, where it has two ends. A value that is absent is called missing, whatever zod calls that;
 * the value itself is never repeated, because it may be a secret.
 */
export const issueSentences = (
  issue: z.core.$ZodIssue,
  value: unknown,
  range: readonly [least: number, most: number] | null,
): Sentences => {
  if (value === undefined) return missing(issue);
  const ownWords = ownWordsInChinese[issue.message];
  if (ownWords !== undefined) return { en: issue.message, zhCN: ownWords };
  switch (issue.code) {
    case "invalid_type":
      return wrongType(issue.expected, value);
    case "invalid_value":
      return oneOf(issue.values);
    case "invalid_union":
      return "options" in issue && issue.options !== undefined ? oneOf(issue.options) : noneFits;
    case "too_small":
      return range === null ? tooSmall(issue) : outside(range);
    case "too_big":
      return range === null ? tooBig(issue) : outside(range);
    case "invalid_format":
      return wrongFormat(issue);
    // Refinements with words of ours are answered above, unknown keys by whoever knows the known ones; no schema of ours has the others.
    case "custom":
    case "unrecognized_keys":
    case "not_multiple_of":
    case "invalid_key":
    case "invalid_element":
      return { en: issue.message, zhCN: issue.message };
  }
};

/** The words that our own schemas give to an issue, and the same in Chinese. */
const ownWordsInChinese: Readonly<Record<string, string | undefined>> = {
  "host or host:port": "应为主机名或 主机:端口",
  "HH:MM": "应为 HH:MM 格式的时间",
  "a time zone such as Asia/Shanghai": "应为时区名称，例如 Asia/Shanghai",
  "a tenant's id or domain": "应为租户的 ID 或域名",
  "lower-case letters, digits, dots and hyphens, at most 72":
    "只能包含小写字母、数字、点和连字符，最多 72 个字符",
  "an e-mail address": "应为邮箱地址",
  "each language once": "每种语言只能出现一次",
  "name the accounts, or say all": "请指定账号，或使用 all",
  'a secret: its text, or {"env": …}, {"file": …} or {"secretArn": "arn:…"}':
    '应为密钥：其文本，或 {"env": …}、{"file": …}、{"secretArn": "arn:…"} 之一',
};

const noneFits: Sentences = { en: "cannot be used", zhCN: "无法使用" };

const missing = (issue: z.core.$ZodIssue): Sentences => {
  const choices = choicesOf(issue);
  if (choices.length === 0) return { en: "missing", zhCN: "缺少" };
  const { en, zhCN } = oneOf(choices);
  return { en: `missing, ${en}`, zhCN: `缺少，${zhCN}` };
};

const choicesOf = (issue: z.core.$ZodIssue): readonly z.core.util.Primitive[] => {
  if (issue.code === "invalid_value") return issue.values;
  return issue.code === "invalid_union" && "options" in issue ? (issue.options ?? []) : [];
};

const oneOf = (choices: readonly z.core.util.Primitive[]): Sentences => {
  const quoted = choices.map((choice) => JSON.stringify(choice));
  if (quoted.length === 1) return { en: `must be ${quoted[0]}`, zhCN: `必须是 ${quoted[0]}` };
  return { en: `must be one of ${quoted.join(", ")}`, zhCN: `必须是 ${quoted.join("、")} 之一` };
};

const wrongType = (expected: string, value: unknown): Sentences => {
  const wanted = kinds[expected] ?? { en: expected, zhCN: expected };
  const kind = kindOf(value);
  const written = kind === "number" && expected === "int" ? fraction : (kinds[kind] ?? noneFits);
  return {
    en: `must be ${wanted.en}, not ${written.en}`,
    zhCN: `应为${wanted.zhCN}，而不是${written.zhCN}`,
  };
};

const kinds: Readonly<Record<string, Sentences | undefined>> = {
  string: { en: "a text", zhCN: "文本" },
  number: { en: "a number", zhCN: "数字" },
  int: { en: "a whole number", zhCN: "整数" },
  boolean: { en: "true or false", zhCN: " true 或 false" },
  array: { en: "a list [ … ]", zhCN: "列表 [ … ]" },
  object: { en: "an object { … }", zhCN: "对象 { … }" },
  null: { en: "null", zhCN: " null" },
};

const fraction: Sentences = { en: "a fraction", zhCN: "小数" };

const kindOf = (value: unknown): string => {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
};

const outside = ([least, most]: readonly [number, number]): Sentences => ({
  en: `must be from ${least} to ${most}`,
  zhCN: `应在 ${least} 到 ${most} 之间`,
});

const tooSmall = ({ origin, minimum }: z.core.$ZodIssueTooSmall): Sentences => {
  if (origin !== "string" && origin !== "array")
    return { en: `must be at least ${minimum}`, zhCN: `不能小于 ${minimum}` };
  return { en: "must not be empty", zhCN: "不能为空" };
};

const tooBig = ({ origin, maximum }: z.core.$ZodIssueTooBig): Sentences => {
  if (origin === "string")
    return { en: `must have at most ${maximum} characters`, zhCN: `最多 ${maximum} 个字符` };
  if (origin === "array") return { en: `must have at most ${maximum} entries`, zhCN: `最多 ${maximum} 项` };
  return { en: `must be at most ${maximum}`, zhCN: `不能大于 ${maximum}` };
};

const wrongFormat = (issue: z.core.$ZodIssueInvalidStringFormat): Sentences => {
  if (issue.format === "starts_with" && "prefix" in issue)
    return {
      en: `must begin with ${JSON.stringify(issue.prefix)}`,
      zhCN: `必须以 ${JSON.stringify(issue.prefix)} 开头`,
    };
  if (issue.format === "url")
    return { en: "must be an http or https address", zhCN: "应为 http 或 https 地址" };
  if (issue.format === "lowercase") return { en: "must be in lower case", zhCN: "必须使用小写字母" };
  return { en: issue.message, zhCN: "格式不正确" };
};
