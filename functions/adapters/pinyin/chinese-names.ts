import { pinyin } from "pinyin-pro";
import type { ChineseNames } from "../../../shared/ports/chinese-names.ts";

/**
 * pinyin-pro 3.29.4 with its list of surnames, and what that lacks: surnames in traditional characters that are read otherwise than
 * the character usually is, and a few rare ones.
 */
export const pinyinNames: ChineseNames = {
  syllables: (han, atHead) => {
    const surname = atHead ? surnames.find(([characters]) => han.startsWith(characters)) : undefined;
    if (surname === undefined) return read(han, atHead);
    const [characters, syllables] = surname;
    return [...syllables, ...read(han.slice(characters.length), false)];
  },
};

const read = (han: string, atHead: boolean): readonly string[] =>
  pinyin(han, { type: "all", toneType: "none", v: true, surname: atHead ? "head" : "off" })
    .map(({ pinyin: syllable }) => syllable)
    .filter((syllable) => /^[a-z]+$/.test(syllable));

/** Those of two characters first, because the first of them may be a surname by itself. */
const surnames: readonly (readonly [string, readonly string[]])[] = [
  ["尉遲", ["yu", "chi"]],
  ["萬俟", ["mo", "qi"]],
  ["長孫", ["zhang", "sun"]],
  ["澹臺", ["tan", "tai"]],
  ["單", ["shan"]],
  ["區", ["ou"]],
  ["蓋", ["ge"]],
  ["樂", ["yue"]],
  ["員", ["yun"]],
  ["繆", ["miao"]],
  ["种", ["chong"]],
  ["佴", ["nai"]],
  ["么", ["yao"]],
  ["洗", ["xian"]],
];
