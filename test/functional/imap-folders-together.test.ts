import { describe, expect, it, onTestFinished } from "vitest";
import { imapMailServers } from "../../functions/adapters/imap/mail-servers.ts";
import { thinCapability } from "../../infra/local/demo/dovecot/options.ts";
import { seedMailbox } from "../../infra/local/demo/seeding/seed-mailbox.ts";
import { FolderPath } from "../../shared/contract/ids.ts";
import { meetFolders } from "../../shared/copy/meet-folders.ts";
import { uidRange } from "../../shared/copy/uid-set.ts";
import { plainProfiles } from "../../shared/folders/folder-profile.ts";
import type { MailSession } from "../../shared/ports/mail-server.ts";
import { countTurns } from "../support/counted-turns.ts";
import { exampleAccount } from "../support/migration-example.ts";
import { privateDovecot, someone } from "../support/private-dovecot.ts";
import { type PlainServer, plainAddress } from "../support/real-mailbox.ts";
import { type ImapScript, scriptedImap } from "../support/scripted-imap.ts";

const inbox = FolderPath.parse("INBOX");
const login = { mailbox: someone.user, user: someone.user, password: someone.password };

const enter = async (server: PlainServer, side: "source" | "target" = "target"): Promise<MailSession> => {
  const session = await imapMailServers().enter(plainAddress(side, server), login);
  onTestFinished(() => session.leave());
  return session;
};

const names = [
  ...["Work", "Work/2023", "Work/2024", "Work/2024/合同", "项目"],
  ...["项目/甲方 2", "Old_mail-2", "Ünterlagen", "Folder 9", "Folder 10"],
];
const message = {
  raw: Buffer.from("Subject: x\r\n\r\n"),
  flags: [],
  internalDate: new Date(Date.UTC(2020, 0, 1)),
};

/** A source with those folders, an empty target with its round trips counted, and a session at each. */
const started = async (options: Parameters<typeof privateDovecot>[0] = {}) => {
  const [source, target] = [await privateDovecot(options), await privateDovecot(options)];
  await seedMailbox(
    source,
    someone.user,
    ["INBOX", ...names].map((path) => ({ path, messages: [message] })),
  );
  const [atSource, atTarget] = [await countTurns(source), await countTurns(target)];
  const sessions = { source: await enter(atSource, "source"), target: await enter(atTarget) };
  for (const counted of [atSource, atTarget]) counted.reset();
  return { sessions, source: atSource, target: atTarget };
};

describe("ten new folders", () => {
  it("cost three round trips at the target and one at the source", async () => {
    const { sessions, source, target } = await started();
    const { met } = await meetFolders({ ...sessions, profiles: plainProfiles }, exampleAccount(1), []);
    expect(met.map(({ record }) => record.targetPath).toSorted()).toEqual(["INBOX", ...names].toSorted());
    expect(met.map((folder) => [folder.source.messages, folder.target.uidNext])).toEqual(
      met.map(() => [1, 1]),
    );
    expect(target.turns()).toBe(3);
    expect(target.heard()).not.toContain("UNSUBSCRIBE");
    expect(source.turns()).toBe(1);
    const survey = await sessions.target.survey();
    expect(survey.filter(({ subscribed }) => subscribed)).toHaveLength(names.length + 1);
    for (const { record, target: status } of met) {
      expect(await sessions.target.folderStatus(record.targetPath)).toEqual(status);
    }
  });

  it.each([{ capability: thinCapability }, { capability: [...thinCapability, "CONDSTORE"] }])(
    "cost a flight of STATUS with each list where the server has no LIST-STATUS: $capability",
    async (thin) => {
      const { sessions, source, target } = await started(thin);
      const { met } = await meetFolders({ ...sessions, profiles: plainProfiles }, exampleAccount(1), []);
      expect(met).toHaveLength(names.length + 1);
      expect(target.heard()).not.toContain("RETURN");
      // LIST with LSUB, and STATUS, twice; with the second one CREATE; then SUBSCRIBE.
      expect(target.turns()).toBe(5);
      expect(source.turns()).toBe(2);
      for (const { record, target: status } of met) {
        expect(await sessions.target.folderStatus(record.targetPath)).toEqual(status);
      }
    },
  );

  it("are made below the prefix of a server, whatever its separator", async () => {
    const target = await countTurns(await privateDovecot({ separator: ".", namespacePrefix: "INBOX." }));
    const session = await enter(target);
    await session.survey();
    target.reset();
    const listed = await session.createTogether([
      ["Work"],
      ["Work", "合同"],
      ["a.b"],
      ["INBOX"],
      ["INBOX.x"],
    ]);
    expect(listed.map(({ path }) => path)).toEqual(["INBOX", "INBOX.Work", "INBOX.Work.合同"]);
    // INBOX is listed by itself there.
    expect(target.turns()).toBe(2);
  });
});

describe("more folders than go out at once", () => {
  it("are made, told of and subscribed to, fifty in a flight", async () => {
    const dovecot = await privateDovecot({ capability: thinCapability });
    const target = await countTurns(dovecot);
    const session = await enter(target);
    const many = Array.from({ length: 120 }, (_, number) => `Folder ${number}`);
    target.reset();
    const listed = await session.createTogether(many.map((name) => [name]));
    expect(listed.filter(({ status }) => status?.messages === 0)).toHaveLength(121);
    // Of CREATE three with LSUB and LIST in the last, of STATUS three.
    expect(target.turns()).toBe(6);
    target.reset();
    const paths = many.map((name) => FolderPath.parse(name));
    expect(await session.subscribeTogether(paths)).toEqual(new Set(paths));
    expect(target.turns()).toBe(3);
  });
});

const capability = "IMAP4rev1 AUTH=PLAIN NAMESPACE";
const at = (folders: readonly string[], answers: Readonly<Record<string, string>>): ImapScript => {
  const list = ["INBOX", ...folders].map((name) => `* LIST () "/" "${name}"\r\n`).join("");
  return (command) => {
    const answer = answers[command.replace(/ \(.*/, "")];
    return answer ?? (command.startsWith("LIST") ? `${list}TAG OK` : undefined);
  };
};

const scripted = async (...script: Parameters<typeof at>) => {
  const server = await scriptedImap(at(...script), { capability });
  return { server, session: await enter(server) };
};

describe("a refusal in the midst of a flight", () => {
  const refusals = ["TAG NO [CANNOT] No.", "TAG BAD What?"];

  it.each(refusals)("of CREATE touches no other: %s", async (refused) => {
    const { server, session } = await scripted(["a", "c"], { 'CREATE "b"': refused, 'CREATE "d"': refused });
    const listed = await session.createTogether([["a"], ["b"], ["c"], ["d"]]);
    expect(listed.map(({ path }) => path)).toEqual(["INBOX", "a", "c"]);
    expect(server.commands.filter((command) => command.startsWith("CREATE"))).toHaveLength(4);
    expect(await session.listFolders()).toHaveLength(3);
  });

  it.each(refusals)("of SUBSCRIBE touches no other: %s", async (refused) => {
    const { session } = await scripted(["a", "b", "c"], { "SUBSCRIBE b": refused });
    const paths = ["a", "b", "c"].map((path) => FolderPath.parse(path));
    expect(await session.subscribeTogether(paths)).toEqual(new Set(["a", "c"]));
    expect(await session.listFolders()).toHaveLength(4);
  });

  it.each(refusals)("of STATUS leaves that folder to be asked by itself: %s", async (refused) => {
    const status = (name: string, uidNext: number) =>
      `* STATUS "${name}" (MESSAGES 1 UIDNEXT ${uidNext} UIDVALIDITY 7)\r\nTAG OK`;
    const { session } = await scripted(["a", "b", "c"], {
      'STATUS "INBOX"': status("INBOX", 2),
      'STATUS "a"': "* STATUS a (MESSAGES 1 UIDVALIDITY 7)\r\nTAG OK",
      'STATUS "b"': refused,
      'STATUS "c"': status("c", 4),
    });
    expect((await session.survey()).map(({ status: known }) => known?.uidNext ?? null)).toEqual([
      2,
      null,
      null,
      4,
    ]);
    expect(await session.listFolders()).toHaveLength(4);
  });
});

describe("a flight", () => {
  it("is read by the names in its answers, in whatever order they come", async () => {
    const line = (name: string, number: number) =>
      `* STATUS ${name} (UIDNEXT ${number} MESSAGES 0 UIDVALIDITY ${number})\r\n`;
    const { session } = await scripted(["a", "b", "c"], {
      'STATUS "INBOX"': `${line("c", 14)}${line("a", 12)}${line("INBOX", 11)}TAG OK`,
      'STATUS "b"': `${line("b", 13)}TAG OK`,
    });
    expect((await session.survey()).map(({ path, status }) => [path, status?.uidNext])).toEqual([
      ["INBOX", 11],
      ["a", 12],
      ["b", 13],
      ["c", 14],
    ]);
  });

  it("asks nothing of a folder that is open for writing, or holds none", async () => {
    const server = await scriptedImap(
      (command) =>
        command.startsWith("LIST")
          ? '* LIST () "/" INBOX\r\n* LIST (\\Noselect) "/" above\r\nTAG OK'
          : undefined,
      { capability },
    );
    const session = await enter(server);
    await session.remove(inbox, uidRange(1, 1));
    expect(await session.survey()).toMatchObject([{ status: null }, { status: null, selectable: false }]);
    expect(server.commands.join()).not.toContain("STATUS");
  });

  it.each(["CREATE", "SUBSCRIBE", "STATUS"])("of %s that ends with the connection is lost", async (name) => {
    const listed = at(["a", "b"], {});
    const server = await scriptedImap(
      (command) => (command.startsWith(name) && command.includes("b") ? "* BYE down" : listed(command)),
      { capability },
    );
    const address = { ...plainAddress("target", server), silenceMilliseconds: 500 };
    const session = await imapMailServers().enter(address, login);
    const [a, b] = [FolderPath.parse("a"), FolderPath.parse("b")];
    const ask = {
      CREATE: () => session.createTogether([["a"], ["b"], ["c"]]),
      SUBSCRIBE: () => session.subscribeTogether([a, b]),
      STATUS: () => session.survey(),
    }[name];
    await expect(ask?.()).rejects.toMatchObject({ name: "ConnectionLost" });
    await session.leave();
  });
});
