import type { FolderPlan } from "./folders.ts";
import type { Random } from "./random.ts";

/** The flags and keywords a message of such a folder would carry, each at most once. */
export function inventFlags(random: Random, role: FolderPlan["role"]): readonly string[] {
  const flags: string[] = [];
  const often = (share: number, flag: string): void => {
    if (random.chance(share)) flags.push(flag);
  };
  often(role === "sent" ? 1 : 0.75, "\\Seen");
  if (role === "drafts") flags.push("\\Draft");
  often(role === "inbox" || role === "archive" ? 0.15 : 0, "\\Answered");
  often(0.08, "\\Flagged");
  often(role === "trash" ? 0.4 : 0.01, "\\Deleted");
  often(0.04, "$Forwarded");
  often(role === "junk" ? 0.8 : 0, "$Junk");
  often(role === "archive" ? 0.1 : 0.02, random.pick(["$label1", "Project_Hetong", "followUp", "NonJunk"]));
  return flags;
}
