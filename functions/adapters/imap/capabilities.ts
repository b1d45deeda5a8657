import type { ImapFlow } from "imapflow";

/** The capabilities as the server wrote them: `UIDPLUS`, `APPENDLIMIT=35651584`. */
export const capabilitiesOf = ({ capabilities }: Pick<ImapFlow, "capabilities">): readonly string[] =>
  [...capabilities].map(([name, value]) => (typeof value === "number" ? `${name}=${value}` : name));
