import { describe, expect, it, onTestFinished } from "vitest";
import { imapMailServers } from "../../functions/adapters/imap/mail-servers.ts";
import { plainAddress } from "../support/real-mailbox.ts";
import { scriptedImap } from "../support/scripted-imap.ts";

const login = { mailbox: "a@example.test", user: "a@example.test", password: "p" };
const names = ["INBOX", "Work", "&mHl27g-", "Old"];
const list = `${names.map((name) => `* LIST () "/" "${name}"\r\n`).join("")}TAG OK`;

/** Which folders are subscribed to, by a server that says so of LSUB and passes over the wish to hear it in the list. */
const subscribedAt = async (lsub: string, capability: string): Promise<readonly (readonly string[])[]> => {
  const server = await scriptedImap(
    (command) => {
      if (command.startsWith("LIST")) return list;
      return command.startsWith("LSUB") ? lsub : undefined;
    },
    { capability: `IMAP4rev1 AUTH=PLAIN NAMESPACE ${capability}` },
  );
  const session = await imapMailServers().enter(plainAddress("source", server), login);
  onTestFinished(() => session.leave());
  const lists = [await session.survey(), await session.listFolders()];
  return lists.map((folders) => folders.filter(({ subscribed }) => subscribed).map(({ path }) => path));
};

describe.each(["", "LIST-EXTENDED LIST-STATUS"])("subscriptions at a server with '%s'", (capability) => {
  it("are what LSUB says, and the INBOX, which everybody shows", async () => {
    const lsub = '* LSUB () "/" "&mHl27g-"\r\n* LSUB () "/" {3}\r\nOld\r\n* LSUB () "/" Gone\r\nTAG OK';
    const expected = ["INBOX", "Old", "项目"];
    const told = await subscribedAt(lsub, capability);
    expect(told.map((paths) => paths.toSorted())).toEqual([expected, expected]);
  });

  it("are the INBOX where LSUB names none", async () => {
    expect(await subscribedAt("TAG OK", capability)).toEqual([["INBOX"], ["INBOX"]]);
  });

  it.each(["TAG NO Not now.", "TAG BAD What?", "* LSUB () NIL\r\nTAG OK"])(
    "are all folders where it says nothing that can be used, so that none vanishes: %s",
    async (lsub) => {
      const all = ["INBOX", "Old", "Work", "项目"];
      const told = await subscribedAt(lsub, capability);
      expect(told.map((paths) => paths.toSorted())).toEqual([all, all]);
    },
  );
});
