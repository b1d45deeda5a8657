import { MailAddress } from "../contract/ids.ts";
import { identifierCell } from "../spreadsheet/fold.ts";

/**
 * The address in a cell: a dot-atom of RFC 5322 §3.2.3 before the @ (64 octets at most, RFC 5321 §4.5.3.1.1) and a domain of
 * at least two labels after it. Null for anything else, a quoted local part included, which no provider in question gives out.
 */
export const parseAddress = (cell: string): MailAddress | null => {
  const text = identifierCell(cell)
    .replace(/^mailto:/i, "")
    .toLowerCase();
  if (!plainAddress.test(text)) return null;
  const address = MailAddress.safeParse(text);
  return address.success ? address.data : null;
};

/** What stands behind the @. */
export const domainOf = (address: MailAddress): string => address.slice(address.lastIndexOf("@") + 1);

const atom = "[a-z0-9!#$%&'*+/=?^_`{|}~-]+";
const label = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const plainAddress = new RegExp(`^(?=[^@]{1,64}@)${atom}(?:\\.${atom})*@${label}(?:\\.${label})+$`);
