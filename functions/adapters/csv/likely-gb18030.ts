/**
 * Whether bytes that are no UTF-8 may be taken for Chinese in GB18030. Nearly every pair of bytes is some character in it, so what
 * was written in another encoding would pass as rare ideographs. Two things tell: `Müller` in Latin-1 puts the second byte of
 * a pair among ASCII letters, and Big5 or Shift-JIS mostly use pairs outside the 6,763 ideographs of GB 2312,
 * which ordinary Chinese text rarely leaves.
 */
export const isLikelyGb18030 = (bytes: Uint8Array): boolean => {
  let pairs = 0;
  let rare = 0;
  let previous = 0;
  for (let index = 0; index < bytes.length; ) {
    const lead = bytes[index] ?? 0;
    if (lead < 0x80) {
      previous = lead;
      index += 1;
      continue;
    }
    const trail = bytes[index + 1] ?? 0;
    if (isDigit(trail)) {
      index += 4;
    } else {
      if (isLetter(trail) && (isLetter(previous) || isLetter(bytes[index + 2] ?? 0))) return false;
      pairs += 1;
      if (!isGb2312(lead, trail)) rare += 1;
      index += 2;
    }
    previous = 0;
  }
  return rare <= rareAtLeast || rare <= pairs * rareShare;
};

/** A few names hold rare ideographs, and a short file may hold nothing else. */
const rareAtLeast = 3;
const rareShare = 0.25;

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;
const isLetter = (byte: number): boolean => (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
const isGb2312 = (lead: number, trail: number): boolean =>
  trail >= 0xa1 && ((lead >= 0xa1 && lead <= 0xa9) || (lead >= 0xb0 && lead <= 0xf7));
