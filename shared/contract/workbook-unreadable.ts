import { type Evidence, MailferryError } from "./errors.ts";
import type { UnreadableReason } from "./unreadable-reasons.ts";

/** WorkbookUnreadable with a reason of the closed list, which is said in the reader's language; `detail` completes it. */
export const workbookUnreadable = (
  file: string,
  reason: UnreadableReason,
  detail?: string | number,
  options?: ErrorOptions,
): MailferryError<"WorkbookUnreadable"> => {
  const evidence: Evidence<"WorkbookUnreadable"> = {
    file,
    reason,
    ...(detail === undefined ? {} : { detail: typeof detail === "string" ? detail.slice(0, 200) : detail }),
  };
  return new MailferryError("WorkbookUnreadable", evidence, options);
};
