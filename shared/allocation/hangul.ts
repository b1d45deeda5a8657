/**
 * Korean syllables in letters, by the Revised Romanization of 2000, each syllable by itself, as it lays down for names; sounds that
 * neighbours change are not changed. A syllable's three parts follow from its place in Unicode (§3.12).
 */
export const romaniseHangul = (hangul: string): string =>
  Array.from(hangul, (syllable) => romaniseSyllable((syllable.codePointAt(0) ?? 0) - firstSyllable)).join("");

const firstSyllable = 0xac00;

const initials = "g kk n d tt r m b pp s ss - j jj ch k t p h".split(" ");
const vowels = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split(" ");
const finals = "- k k k n n n t l k m l l l p l m p p t t ng t t k t p t".split(" ");

const romaniseSyllable = (place: number): string => {
  if (place < 0 || place >= initials.length * vowels.length * finals.length) return "";
  const final = place % finals.length;
  const vowel = Math.floor(place / finals.length) % vowels.length;
  const initial = Math.floor(place / (finals.length * vowels.length));
  return [initials[initial], vowels[vowel], finals[final]].join("").replaceAll("-", "");
};
