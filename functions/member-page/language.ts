import type { MemberPageRequest } from "../../events/member-page-request.ts";
import type { Language } from "../../shared/contract/errors.ts";

/**
 * The reader's language: what the page's own link says, then what the browser prefers (Accept-Language, RFC 9110 §12.5.4), then
 * English. Every kind of Chinese is answered in simplified Chinese.
 */
export const languageOf = ({
  headers,
  queryStringParameters,
}: Pick<MemberPageRequest, "headers" | "queryStringParameters">): Language =>
  known(queryStringParameters?.lang ?? "") ?? preferred(headers["accept-language"] ?? "") ?? "en";

const preferred = (header: string): Language | null => {
  const wishes = header
    .slice(0, 1_000)
    .split(",")
    .flatMap((wish) => {
      const [tag = "", ...parameters] = wish.split(";");
      const language = known(tag);
      const quality = weightOf(parameters);
      return language === null || quality === 0 ? [] : [{ language, quality }];
    });
  return wishes.toSorted((one, other) => other.quality - one.quality)[0]?.language ?? null;
};

const known = (tag: string): Language | null => {
  const [primary] = tag.trim().toLowerCase().split("-");
  return primary === "zh" ? "zhCN" : primary === "en" ? "en" : null;
};

const weightOf = (parameters: readonly string[]): number => {
  const weight = parameters
    .map((parameter) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/.exec(parameter)?.[1])
    .find(Boolean);
  return weight === undefined ? 1 : Number(weight);
};
