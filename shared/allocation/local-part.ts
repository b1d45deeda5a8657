import type { ChineseNames } from "../ports/chinese-names.ts";
import { romanise } from "./romanise.ts";

/** RFC 5321 §4.5.3.1.1 and, for the whole address, §4.5.3.1.3 less its brackets. Ours are ASCII, so an octet is a character. */
export const localOctetsAtMost = (domain: string): number => Math.min(64, 253 - domain.length);

/** What the part before the @ is made from: the name, or the account name where that gives nothing. */
export const localPartOf = (
  { name, userid }: { readonly name: string; readonly userid: string },
  chinese: ChineseNames,
): { readonly base: string; readonly from: "name" | "memberId" } => {
  const base = romanise(name, chinese);
  if (base !== "") return { base, from: "name" };
  const fallback = romanise(userid, chinese);
  return { base: fallback === "" ? "member" : fallback, from: "memberId" };
};

/** The first one has no number, the second the number 2. Behind a digit a hyphen keeps `a1` of number 2 from looking like `a12`. */
export const numbered = (base: string, number: number, octetsAtMost: number): string => {
  if (number === 1) return shortened(base, octetsAtMost);
  const suffix = `${/\d$/.test(base) ? "-" : ""}${number}`;
  return `${shortened(base, octetsAtMost - suffix.length)}${suffix}`;
};

const shortened = (base: string, length: number): string => base.slice(0, length).replace(/[._-]+$/, "");
