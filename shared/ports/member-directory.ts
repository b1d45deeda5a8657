import type { Member } from "../accounts/directory.ts";
import type { WecomDirectory } from "../contract/settings.ts";

/** Everybody who was seen at one moment. */
export interface DirectoryReading {
  /** Account names are all different, whatever their letter case. */
  readonly members: readonly Member[];
  /** Whether people's names were told; `withheld` gives members whose name is empty. */
  readonly names: "told" | "withheld";
}

/** A members' directory that is asked over the network. */
export interface MemberDirectory {
  /**
   * All members that the settings' secret may see, or an error: never a part of them.
   * @throws WecomBusy, WecomUnreachable, WecomSecretRefused, WecomAddressRefused, WecomRightMissing, WecomRefused,
   * WecomAnswerUnusable, SecretMissing
   */
  readAll(directory: WecomDirectory): Promise<DirectoryReading>;
}
