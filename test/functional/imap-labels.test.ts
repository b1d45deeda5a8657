import { describe, expect, it, onTestFinished } from "vitest";
import { imapMailServers } from "../../functions/adapters/imap/mail-servers.ts";
import { FolderPath } from "../../shared/contract/ids.ts";
import type { MailSession } from "../../shared/ports/mail-server.ts";
import { plainAddress } from "../support/real-mailbox.ts";
import { scriptedImap } from "../support/scripted-imap.ts";

const allMail = FolderPath.parse("[Gmail]/All Mail");
const beside = ["\\Inbox", "\\Sent", "Übung", "R&D", "work/project x", 'quo"te'];

/** A session with a server that has as many messages as it says labels of, and says them so. */
const session = async (lines: readonly string[], extensions = "", exists = lines.length) => {
  const opened = [
    `* ${exists} EXISTS`,
    "* OK [UIDVALIDITY 1] ok",
    "* OK [UIDNEXT 99] ok",
    "TAG OK [READ-ONLY] ok",
  ];
  const server = await scriptedImap(
    (command) => {
      if (command.startsWith("EXAMINE")) return opened.join("\r\n");
      if (command.startsWith("ENABLE")) return "* ENABLED UTF8=ACCEPT\r\nTAG OK";
      if (command.includes("X-GM-LABELS")) return [...lines, "TAG OK Success"].join("\r\n");
      return undefined;
    },
    { capability: `IMAP4rev1 AUTH=PLAIN X-GM-EXT-1${extensions}` },
  );
  const login = { mailbox: "a@b.example", user: "a@b.example", password: "p" };
  const entered: MailSession = await imapMailServers().enter(plainAddress("source", server), login);
  onTestFinished(() => entered.leave());
  return { asked: entered, commands: server.commands };
};

describe("the messages without certain labels", () => {
  it.each([
    ["none", "()"],
    ["none, said otherwise", "NIL"],
    ["only what shows in views", '("\\\\Important" "\\\\Starred")'],
    ["a label that is not shown in IMAP", "(work)"],
    ["a label whose name begins like another's", '("work/project x/1" "\\\\Inbox2")'],
    ["a label that is spelt like another's in a search", "(work-project-x)"],
  ])("are those with %s", async (_name, labels) => {
    const { asked } = await session([`* 1 FETCH (X-GM-MSGID 7 X-GM-LABELS ${labels} UID 5)`]);
    expect(await asked.uidsWithout(allMail, beside)).toBe("5");
  });

  it.each([
    ["one of Gmail's own", '("\\\\Important" "\\\\Inbox")'],
    ["one of Gmail's own, bare", "(\\Sent)"],
    ["one with a space", '("work/project x")'],
    ["one in modified UTF-7", "(&ANw-bung)"],
    ["one with an ampersand", "(R&-D)"],
    ["one with a quote", '("quo\\"te")'],
  ])("are not those with %s", async (_name, labels) => {
    const { asked } = await session([`* 1 FETCH (X-GM-LABELS ${labels} UID 5)`]);
    expect(await asked.uidsWithout(allMail, beside)).toBe("");
  });

  it("are told by labels in UTF-8 where that is enabled", async () => {
    const lines = ['("Übung")', "(R&D)", "(R&-D)", "(&ANw-bung)"].map(
      (labels, index) => `* ${index + 1} FETCH (X-GM-LABELS ${labels} UID ${index + 1})`,
    );
    const { asked } = await session(lines, " ENABLE UTF8=ACCEPT");
    expect(await asked.uidsWithout(allMail, beside)).toBe("3:4");
  });

  it("are asked for once, and a changed flag thrown in is no answer", async () => {
    const { asked, commands } = await session(
      [
        "* 2 FETCH (FLAGS (\\Seen) UID 9)",
        "* 1 FETCH (X-GM-LABELS () UID 5)",
        "* 2 FETCH (X-GM-LABELS () UID 9)",
      ],
      "",
      2,
    );
    expect(await asked.uidsWithout(allMail, beside)).toBe("5,9");
    expect(await asked.uidsWithout(allMail, beside)).toBe("5,9");
    expect(commands.filter((said) => said.includes("X-GM-LABELS"))).toHaveLength(1);
    expect(await asked.uidsWithout(allMail, [])).toBe("5,9");
    expect(commands.filter((said) => said.includes("X-GM-LABELS"))).toHaveLength(2);
  });

  it.each([
    ["there are fewer answers than messages", ["* 1 FETCH (X-GM-LABELS () UID 5)"]],
    ["a line cannot be read", ["* 1 FETCH (X-GM-LABELS () UID 5)", "* 2 FETCH (X-GM-LABELS ( UID 9)"]],
    ["no labels are told", ["* 1 FETCH (UID 5)", "* 2 FETCH (UID 9)"]],
  ])("are not believed when %s", async (_name, lines) => {
    const { asked } = await session(lines, "", 2);
    await expect(asked.uidsWithout(allMail, beside)).rejects.toMatchObject({ name: "ServerAnswerUnusable" });
  });
});
