const lf = 10;
const cr = 13;

/** A header that goes on for longer than this is not looked through. */
const mostHeader = 65_536;
/** What a report shows of a subject. */
const mostShown = 998;

/** An encoded word (RFC 2047 §2), with the language that RFC 2231 §5 may add to the charset. */
const encodedWord = /=\?([^\s?*]+)(?:\*[^\s?]*)?\?([bq])\?([^\s?]*)\?=/i;
/** White space between two of them is not part of the text (RFC 2047 §6.2). */
const betweenWords = /(\?=)\s+(?==\?[^\s?]+\?[bq]\?)/gi;

/** The SUBJECT header of a message for a report, decoded as far as it can be; empty when there is none. */
export const subjectOf = (raw: Uint8Array): string => {
  const header = latin1(raw.subarray(0, headerEnd(raw)));
  const folded = /^subject:(.*(?:\r?\n[ \t].*)*)/im.exec(header)?.[1] ?? "";
  return decoded(folded.replaceAll(/\r?\n/g, "").trim()).slice(0, mostShown);
};

/** Where the first empty line begins. */
const headerEnd = (raw: Uint8Array): number => {
  if (raw[0] === lf || raw[0] === cr) return 0;
  for (let at = raw.indexOf(lf); at !== -1 && at < mostHeader; at = raw.indexOf(lf, at + 1)) {
    if (raw[at + 1] === lf || (raw[at + 1] === cr && raw[at + 2] === lf)) return at;
  }
  return mostHeader;
};

const decoded = (text: string): string => {
  let [shown, rest] = ["", text.replaceAll(betweenWords, "$1")];
  for (let word = encodedWord.exec(rest); word !== null; word = encodedWord.exec(rest)) {
    shown += asUtf8(rest.slice(0, word.index));
    const [whole, charset = ""] = word;
    let [octets, end] = [octetsOf(word), word.index + whole.length];
    // A character may be cut between two words, although it should not.
    for (let next = wordAt(rest, end); next?.[1] === charset; next = wordAt(rest, end)) {
      octets += octetsOf(next);
      end += next[0].length;
    }
    shown += inCharset(octets, charset) ?? rest.slice(word.index, end);
    rest = rest.slice(end);
  }
  return shown + asUtf8(rest);
};

const wordAt = (text: string, at: number): RegExpExecArray | null => {
  const found = text.startsWith("=?", at) ? encodedWord.exec(text.slice(at)) : null;
  return found?.index === 0 ? found : null;
};

const octetsOf = ([, , encoding = "", text = ""]: RegExpExecArray): string => {
  if (encoding.toLowerCase() === "b") return fromBase64(text);
  const spaced = text.replaceAll("_", " ");
  return spaced.replaceAll(/=([0-9a-f]{2})/gi, (_, octet) => String.fromCharCode(Number.parseInt(octet, 16)));
};

const fromBase64 = (text: string): string => {
  try {
    return atob(text);
  } catch {
    return text;
  }
};

/** Null for a charset that nobody knows. */
const inCharset = (octets: string, charset: string): string | null => {
  try {
    return new TextDecoder(charset).decode(Uint8Array.from(octets, (octet) => octet.charCodeAt(0)));
  } catch {
    return null;
  }
};

/** Outside encoded words a header is ASCII, or UTF-8 (RFC 6532). */
const asUtf8 = (octets: string): string => inCharset(octets, "utf-8") ?? octets;

const latin1 = (octets: Uint8Array): string =>
  Array.from(octets, (octet) => String.fromCharCode(octet)).join("");
