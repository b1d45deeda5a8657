import type { MailboxContent } from "../mailbox-content.ts";

/** Cyrus' folders under the names that a server with `/` and no prefix gives them, without the parents it makes real folders of. */
export const asPlain = ({ folders }: MailboxContent, made: readonly string[] = []): MailboxContent => ({
  folders: new Map(
    [...folders]
      .map(([path, messages]) => [path.replace(/^INBOX\./, "").replaceAll(".", "/"), messages] as const)
      .filter(([path]) => !made.includes(path)),
  ),
});
