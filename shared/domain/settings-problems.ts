import { z } from "zod";
import { MailferryError } from "../contract/errors.ts";
import { issueSentences, type Sentences } from "./issue-sentences.ts";
import { nearestKey } from "./nearest-key.ts";
import { memberOf, schemasAt } from "./schemas-at.ts";

/** What a schema refused. */
export interface Refused {
  readonly schema: z.core.$ZodType;
  readonly written: unknown;
  readonly error: z.ZodError;
  /** What the paths begin with. @default nothing */
  readonly root?: string;
}

/** What a schema found wrong with what was written, each with the path to it, unknown keys one by one. */
export const problemsOf = ({ schema, written, error, root }: Refused): readonly Sentences[] =>
  error.issues.flatMap((issue) => {
    const path = [...(root === undefined ? [] : [root]), ...issue.path.map(String)];
    const schemas = schemasAt(schema, written, issue.path);
    if (issue.code === "unrecognized_keys") {
      const known = schemas.flatMap((form) => (form instanceof z.ZodObject ? Object.keys(form.shape) : []));
      return issue.keys.map((key) => problemAt([...path, key].join("."), unknownKey(nearestKey(key, known))));
    }
    const value = issue.path.reduce(memberOf, written);
    return [problemAt(path.join(".") || "settings", issueSentences(issue, value, rangeOf(schemas)))];
  });

/** A problem behind the path to it. */
export const problemAt = (path: string, { en, zhCN }: Sentences): Sentences => ({
  en: `${path}: ${en}`,
  zhCN: `${path}：${zhCN}`,
});

/** SettingsUnusable that names every problem in the reader's language. */
export const settingsUnusable = (problems: readonly Sentences[]): MailferryError<"SettingsUnusable"> => {
  const evidence = {
    problems: problems.map(({ en }) => en).join("; "),
    problemsInChinese: problems.map(({ zhCN }) => zhCN).join("；"),
  };
  return new MailferryError("SettingsUnusable", evidence);
};

const unknownKey = (nearest: string | undefined): Sentences =>
  nearest === undefined
    ? { en: "unknown key", zhCN: "未知的键" }
    : { en: `unknown key; is ${nearest} meant?`, zhCN: `未知的键，是否应为 ${nearest}？` };

/** Both ends of a number's range, where it has both. */
const rangeOf = ([schema]: readonly z.core.$ZodType[]): readonly [number, number] | null => {
  if (!(schema instanceof z.ZodNumber)) return null;
  const { minValue, maxValue } = schema;
  if (minValue === null || maxValue === null) return null;
  return minValue > Number.MIN_SAFE_INTEGER && maxValue < Number.MAX_SAFE_INTEGER
    ? [minValue, maxValue]
    : null;
};
