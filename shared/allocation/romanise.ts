import type { ChineseNames } from "../ports/chinese-names.ts";
import { romaniseHangul } from "./hangul.ts";
import { romaniseKana } from "./kana.ts";
import { foldLetters } from "./letters.ts";

/**
 * A name in the letters of an address, each script by its own rule: 欧阳修 ouyangxiu, José María jose.maria, さくら sakura, 김민수
 * gimminsu. Words are joined by dots, but not Chinese ones, whose spaces only make a column even (李 明). A remark in brackets is no
 * part of the name. Scripts without a rule are left out; the answer may be empty.
 */
export const romanise = (name: string, chinese: ChineseNames): string => {
  let text = "";
  for (const { groups = {} } of withoutRemarks(name).matchAll(runs)) {
    const { han, kana, hangul, letters } = groups;
    if (han !== undefined) text += chinese.syllables(han, text === "").join("");
    else if (kana !== undefined) text += romaniseKana(kana);
    else if (hangul !== undefined) text += romaniseHangul(hangul);
    else text += letters === undefined ? "." : foldLetters(letters);
  }
  return tidied(text);
};

/** Compatibility forms (full-width letters, half-width kana) become the usual ones. */
const withoutRemarks = (name: string): string => {
  const usual = name.normalize("NFKC").replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, "");
  const rest = usual.replace(/[([{【〔「『《][^)\]}】〕」』》]*[)\]}】〕」』》]/gu, " ");
  return rest.trim() === "" ? usual : rest;
};

/** One run of a script, or what stands between two words: spaces, and the dots of names such as 阿依古丽·买买提. */
const runs =
  /(?<han>\p{Script=Han}+)|(?<kana>[\p{Script=Hiragana}\p{Script=Katakana}ー]+)|(?<hangul>\p{Script=Hangul}+)|(?<letters>[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{M}0-9'’._-]+)|[\s·・•‧,，、]+/gu;

/** What a dot-atom (RFC 5322 §3.2.3) and every provider take: no two separators in a row, none at either end. */
const tidied = (text: string): string =>
  text
    .replace(/[._-]{2,}/g, (separators) => (separators.includes(".") ? "." : separators.slice(0, 1)))
    .replace(/^[._-]+|[._-]+$/g, "");
