/**
 * Text from mail and servers that must not become a formula, neither here nor when somebody saves the sheet as `.csv` and opens
 * that: what begins with = + - @, a tab or a carriage return gets an apostrophe (OWASP, "CSV Injection"). What XML
 * cannot hold (§2.2: most control characters, half of a surrogate pair) goes, and a cell takes 32,767 characters.
 */
export const defused = (text: string): string => {
  const writable = text
    .replace(/\p{Cc}/gu, (control) => ("\t\n\r".includes(control) ? control : ""))
    .replace(/[\ufffe\uffff]/g, "");
  const safe = /^[=+\-@\t\r＝＋－＠]/u.test(writable) ? `'${writable}` : writable;
  return safe.slice(0, 32_767).toWellFormed();
};
