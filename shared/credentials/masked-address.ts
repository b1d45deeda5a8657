import type { MailAddress } from "../contract/ids.ts";

/** An address that its owner recognises and nobody else learns: `a•••@example.test`. */
export const maskedAddress = (address: MailAddress): string => {
  const [first = ""] = address;
  return `${first}•••${address.slice(address.lastIndexOf("@"))}`;
};
