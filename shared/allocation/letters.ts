/**
 * Latin, Cyrillic and Greek letters as a–z: diacritics go, other letters are written as their passports write them (ICAO Doc 9303
 * part 3 §6 for Cyrillic and for the Latin ones, ELOT 743 letter by letter for Greek). Digits, dots, hyphens and underscores stay.
 */
export const foldLetters = (text: string): string =>
  Array.from(text.toLowerCase(), (letter) => others.get(letter) ?? plain(letter))
    .join("")
    .replace(/[^a-z0-9._-]/g, "");

const plain = (letter: string): string => {
  const bare = letter.normalize("NFD").replace(/\p{M}/gu, "");
  return others.get(bare) ?? bare;
};

const others: ReadonlyMap<string, string> = new Map(
  `
  ß=ss æ=ae œ=oe ø=o ð=d đ=d þ=th ł=l ı=i ħ=h ŋ=n ſ=s ĸ=q ŧ=t ə=a
  а=a б=b в=v г=g ґ=g д=d ѓ=g ђ=d е=e ё=e є=ie ж=zh з=z ѕ=dz и=i і=i ї=i й=i ј=j к=k ќ=k л=l љ=lj м=m н=n њ=nj о=o п=p
  р=r с=s т=t ћ=c у=u ў=u ф=f х=kh ц=ts ч=ch џ=dz ш=sh щ=shch ъ=ie ы=y ь= э=e ю=iu я=ia
  α=a β=v γ=g δ=d ε=e ζ=z η=i θ=th ι=i κ=k λ=l μ=m ν=n ξ=x ο=o π=p ρ=r σ=s ς=s τ=t υ=y φ=f χ=ch ψ=ps ω=o
  `
    .trim()
    .split(/\s+/)
    .map((entry): [string, string] => {
      const [letter = "", written = ""] = entry.split("=");
      return [letter, written];
    }),
);
