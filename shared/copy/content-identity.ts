const lf = 10;
const cr = 13;
const replacedNul = 0x80;

/**
 * Names a message by what it says: SHA-256 over its canonical form. Two messages of one identity are the same mail,
 * whatever the servers made of line ends and NUL; a Message-ID names nothing (in 1,226 public test messages 553 had none
 * and 330 shared one).
 */
export const contentIdentity = (raw: Uint8Array): Promise<string> =>
  digestOf(isCanonical(raw) ? raw : canonicalForm(raw));

/** Names exactly these octets: SHA-256 in hexadecimal. */
export const digestOf = async (octets: Uint8Array): Promise<string> => {
  const digest = await crypto.subtle.digest("SHA-256", isUnshared(octets) ? octets : new Uint8Array(octets));
  return Array.from(new Uint8Array(digest), (octet) => octet.toString(16).padStart(2, "0")).join("");
};

/** Memory that no other thread can write: it is digested where it lies, which matters for messages of 50 MB. */
const isUnshared = (octets: Uint8Array): octets is Uint8Array<ArrayBuffer> =>
  octets.buffer instanceof ArrayBuffer;

/** Whether the octets are their own canonical form, so that their identity is the digest of themselves. */
const isCanonical = (raw: Uint8Array): boolean => {
  const { added, nuls } = measure(raw);
  return added === 0 && !nuls;
};

/** Octets of the canonical form, without making it. */
export const canonicalLength = (raw: Uint8Array): number => raw.length + measure(raw).added;

/**
 * What servers are known to change in a message is the same on both sides here: every line end is CRLF, the last line has
 * one, NUL is 0x80 (as Dovecot stores it). The bytes themselves when they are canonical already, which is the rule.
 */
export const canonicalForm = (raw: Uint8Array): Uint8Array<ArrayBuffer> => {
  const { added, nuls } = measure(raw);
  const form = new Uint8Array(raw.length + added);
  if (added === 0) form.set(raw);
  else fold(raw, form);
  if (nuls) for (let at = form.indexOf(0); at !== -1; at = form.indexOf(0, at + 1)) form[at] = replacedNul;
  return form;
};

const measure = (raw: Uint8Array): { readonly added: number; readonly nuls: boolean } => {
  // A plain view of the octets: a Buffer's own search takes several times as long for each line.
  const octets = new Uint8Array(raw.buffer, raw.byteOffset, raw.length);
  let added = octets.length === 0 || endsLine(octets.at(-1)) ? 0 : 2;
  for (let at = octets.indexOf(lf); at !== -1; at = octets.indexOf(lf, at + 1))
    if (octets[at - 1] !== cr) added += 1;
  for (let at = octets.indexOf(cr); at !== -1; at = octets.indexOf(cr, at + 1))
    if (octets[at + 1] !== lf) added += 1;
  return { added, nuls: octets.includes(0) };
};

const fold = (raw: Uint8Array, form: Uint8Array): void => {
  let length = 0;
  for (let at = 0; at < raw.length; at += 1) {
    const octet = raw[at] ?? 0;
    if (octet !== lf && octet !== cr) {
      form[length++] = octet;
      continue;
    }
    form[length++] = cr;
    form[length++] = lf;
    if (octet === cr && raw[at + 1] === lf) at += 1;
  }
  if (raw.length > 0 && !endsLine(raw.at(-1))) {
    form[length++] = cr;
    form[length] = lf;
  }
};

const endsLine = (octet: number | undefined): boolean => octet === lf || octet === cr;
