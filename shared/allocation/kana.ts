/**
 * Japanese kana in letters, by the Hepburn system as the kana are written: long vowels are not shortened (さとう satou), ん is always
 * n. https://en.wikipedia.org/wiki/Hepburn_romanization
 */
export const romaniseKana = (kana: string): string => {
  const letters = Array.from(kana, toHiragana);
  let text = "";
  let doubles = false;
  for (let index = 0; index < letters.length; index += 1) {
    const letter = letters[index] ?? "";
    if (letter === "っ") {
      doubles = true;
      continue;
    }
    const pair = pairs.get(letter + (letters[index + 1] ?? ""));
    const sound = pair ?? sounds.get(letter) ?? "";
    if (pair !== undefined) index += 1;
    text += (doubles ? firstOf(sound) : "") + sound;
    doubles = false;
  }
  return text;
};

/** Katakana lie 96 places behind their hiragana (Unicode, U+30A1–U+30F6); ー has no sound of its own. */
const toHiragana = (letter: string): string => {
  const code = letter.codePointAt(0) ?? 0;
  return code >= 0x30a1 && code <= 0x30f6 ? String.fromCodePoint(code - 96) : letter;
};

/** The consonant that っ doubles: っち is tchi. */
const firstOf = (sound: string): string => {
  if (sound.startsWith("ch")) return "t";
  return /^[bcdfghjklmpqrstvwz]/.test(sound) ? sound.slice(0, 1) : "";
};

const table = (rows: string): ReadonlyMap<string, string> =>
  new Map(
    rows
      .trim()
      .split(/\s+/)
      .map((entry): [string, string] => {
        const [kana = "", sound = ""] = entry.split("=");
        return [kana, sound];
      }),
  );

const sounds = table(`
  あ=a い=i う=u え=e お=o ぁ=a ぃ=i ぅ=u ぇ=e ぉ=o
  か=ka き=ki く=ku け=ke こ=ko が=ga ぎ=gi ぐ=gu げ=ge ご=go ゕ=ka ゖ=ke
  さ=sa し=shi す=su せ=se そ=so ざ=za じ=ji ず=zu ぜ=ze ぞ=zo
  た=ta ち=chi つ=tsu て=te と=to だ=da ぢ=ji づ=zu で=de ど=do
  な=na に=ni ぬ=nu ね=ne の=no
  は=ha ひ=hi ふ=fu へ=he ほ=ho ば=ba び=bi ぶ=bu べ=be ぼ=bo ぱ=pa ぴ=pi ぷ=pu ぺ=pe ぽ=po
  ま=ma み=mi む=mu め=me も=mo や=ya ゆ=yu よ=yo ゃ=ya ゅ=yu ょ=yo
  ら=ra り=ri る=ru れ=re ろ=ro わ=wa ゎ=wa ゐ=i ゑ=e を=o ん=n ゔ=vu
`);

const pairs = table(`
  きゃ=kya きゅ=kyu きょ=kyo ぎゃ=gya ぎゅ=gyu ぎょ=gyo しゃ=sha しゅ=shu しょ=sho じゃ=ja じゅ=ju じょ=jo
  ちゃ=cha ちゅ=chu ちょ=cho ぢゃ=ja ぢゅ=ju ぢょ=jo にゃ=nya にゅ=nyu にょ=nyo ひゃ=hya ひゅ=hyu ひょ=hyo
  びゃ=bya びゅ=byu びょ=byo ぴゃ=pya ぴゅ=pyu ぴょ=pyo みゃ=mya みゅ=myu みょ=myo りゃ=rya りゅ=ryu りょ=ryo
  ふぁ=fa ふぃ=fi ふぇ=fe ふぉ=fo てぃ=ti でぃ=di とぅ=tu どぅ=du しぇ=she じぇ=je ちぇ=che
  うぃ=wi うぇ=we うぉ=wo ゔぁ=va ゔぃ=vi ゔぇ=ve ゔぉ=vo つぁ=tsa つぇ=tse つぉ=tso
`);
