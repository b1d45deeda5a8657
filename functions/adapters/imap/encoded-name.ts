import type { ImapFlow } from "imapflow";
import { modifiedUtf7 } from "./wire/wire-name.ts";

/** A folder's name as commands and answers write it: as it is where UTF8=ACCEPT is enabled (RFC 6855 §3), elsewhere in modified UTF-7. */
export const encodedName = ({ enabled }: Pick<ImapFlow, "enabled">, path: string): string =>
  enabled.has("UTF8=ACCEPT") ? path : modifiedUtf7(path);
