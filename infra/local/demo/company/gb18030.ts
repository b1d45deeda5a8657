/**
 * Encodes text in GB18030, the mandatory charset of China that old mail is full of. The platform only decodes it,
 * so the two-byte part of its decoder is turned round once; that covers every character the demo writes.
 *
 * @throws Error on a character outside ASCII and GBK.
 */
export function encodeGb18030(text: string): Buffer {
  table ??= twoByteTable();
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.charCodeAt(0);
    const pair = code < 0x80 ? [code] : table.get(character);
    if (pair === undefined) throw new Error(`No two-byte GB18030 code for ${JSON.stringify(character)}.`);
    bytes.push(...pair);
  }
  return Buffer.from(bytes);
}

/** Whether the text can be written by {@link encodeGb18030}; German letters, for one, cannot. */
export function fitsGb18030(text: string): boolean {
  table ??= twoByteTable();
  const pairs = table;
  return Array.from(text).every((character) => character.charCodeAt(0) < 0x80 || pairs.has(character));
}

let table: ReadonlyMap<string, readonly [number, number]> | undefined;

/** Lead bytes 0x81–0xFE, trail bytes 0x40–0xFE without 0x7F (GB 18030-2005, the double-byte part). */
function twoByteTable(): ReadonlyMap<string, readonly [number, number]> {
  const decoder = new TextDecoder("gb18030");
  const pairs = new Map<string, readonly [number, number]>();
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      if (trail === 0x7f) continue;
      const character = decoder.decode(Uint8Array.of(lead, trail));
      if (character.length === 1 && character !== "\ufffd" && !pairs.has(character)) {
        pairs.set(character, [lead, trail]);
      }
    }
  }
  return pairs;
}
