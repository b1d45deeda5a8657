import { describe, expect, it } from "vitest";
import { MailferryError } from "../../shared/contract/errors.ts";
import { FolderPath } from "../../shared/contract/ids.ts";
import { meetFolders } from "../../shared/copy/meet-folders.ts";
import { plainProfiles } from "../../shared/folders/folder-profile.ts";
import type { MailServers, MailSession } from "../../shared/ports/mail-server.ts";
import { mail } from "../support/copy-scenarios.ts";
import { CopyWorld } from "../support/copy-world.ts";
import { CountedServers } from "../support/counted-servers.ts";
import { FakeMailServer, type FakeServerOptions } from "../support/fake-mail-server.ts";
import { FakeMailServerPair } from "../support/fake-mail-session.ts";
import { interruptEverywhere } from "../support/interruptions.ts";
import { exampleAccount } from "../support/migration-example.ts";

const capabilities = ["IMAP4rev1", "UIDPLUS", "CONDSTORE", "LIST-STATUS"];
const names = ["Work", "Work/2024", "Work/2024/合同", "项目", "Old_mail-2"];

const ends = (options: FakeServerOptions = { capabilities }, folders: readonly string[] = names) => {
  const [source, target] = [new FakeMailServer({ capabilities }), new FakeMailServer(options)];
  for (const path of folders) {
    source.create(path, { subscribed: !path.endsWith("2024") });
    source.add(path, mail(path));
  }
  return { source, target };
};

const login = { mailbox: "a@b.test", user: "a@b.test", password: "p" };
const address = (side: "source" | "target") => ({ side, host: "h.test", port: 143, tls: "none" }) as const;

const sessionsOf = async (servers: Pick<MailServers, "enter">) => ({
  source: await servers.enter(address("source"), login),
  target: await servers.enter(address("target"), login),
});

const meet = (sessions: { readonly source: MailSession; readonly target: MailSession }) =>
  meetFolders({ ...sessions, profiles: plainProfiles }, exampleAccount(1), []);

const made = (target: FakeMailServer): readonly string[] =>
  [...target.folders].filter(([, { selectable }]) => selectable).map(([path]) => path);

const subscribed = (target: FakeMailServer): readonly string[] =>
  [...target.folders].filter(([, folder]) => folder.subscribed).map(([path]) => path);

/** A pass over a whole mailbox whose target does something differently. */
const passed = async (
  { source, target }: ReturnType<typeof ends>,
  differing: (session: MailSession) => Partial<MailSession>,
) => {
  const pair = new FakeMailServerPair(source, target);
  const world = await CopyWorld.with({
    enter: async (server, as) => {
      const session = await pair.enter(server, as);
      return server.side === "source" ? session : Object.assign(session, differing(session));
    },
  });
  await world.startPass();
  await world.workOff();
  const records = await world.mailboxes.folders(world.account);
  return {
    ...(await world.state()),
    targets: Object.fromEntries(records.map(({ sourcePath, targetPath }) => [sourcePath, targetPath])),
  };
};

const refusal = (folder: string) =>
  new MailferryError("FolderUnusable", { folder, mailbox: "a@b.test", side: "target", words: "No." });

describe("new folders", () => {
  it("are made, subscribed to as at the source and looked at in three questions, however many there are", async () => {
    const { source, target } = ends();
    const servers = new CountedServers(new FakeMailServerPair(source, target));
    const { met } = await meet(await sessionsOf(servers));
    expect(servers.asked).toEqual({
      source: ["survey"],
      target: ["survey", "createTogether", "subscribeTogether"],
    });
    expect(met.map(({ record }) => record.targetPath).toSorted()).toEqual(["INBOX", ...names].toSorted());
    expect(met.map(({ target: { uidNext } }) => uidNext)).toEqual(met.map(() => 1));
    expect(made(target).toSorted()).toEqual(["INBOX", ...names].toSorted());
    expect(subscribed(target)).toEqual(names.filter((path) => path !== "Work/2024"));
  });

  it("are looked at one by one where a list tells no statuses", async () => {
    const { source, target } = ends({});
    const { met } = await meet(await sessionsOf(new FakeMailServerPair(source, target)));
    expect(met.map(({ record }) => record.targetUidValidity).toSorted()).toEqual(
      made(target)
        .map((path) => target.uidValidityOf(FolderPath.parse(path)))
        .toSorted(),
    );
  });

  it("are not asked for where they are there, and where their source cannot be read", async () => {
    const { source, target } = ends({ capabilities }, ["Work", "Gone"]);
    target.create("Work");
    const servers = new CountedServers(new FakeMailServerPair(source, target));
    const { source: from, target: to } = await sessionsOf(servers);
    const survey = async () => (await from.survey()).map((folder) => ({ ...folder, status: null }));
    const folderStatus = async (path: FolderPath) => (path === "Gone" ? null : from.folderStatus(path));
    const { met } = await meet({
      source: Object.assign(Object.create(from), { survey, folderStatus }),
      target: to,
    });
    expect(met.map(({ record }) => record.targetPath)).toEqual(["INBOX", "Work"]);
    expect(servers.asked.target).toEqual(["survey", "subscribeTogether"]);
    expect(made(target)).toEqual(["INBOX", "Work"]);
  });

  it("are made singly where they were refused together, with their parents", async () => {
    const both = ends();
    const { state, targets } = await passed(both, (session) => ({
      createTogether: async (folders) => {
        for (const segments of folders) if (segments.length === 1) await session.createFolder(segments);
        return session.survey();
      },
    }));
    expect(state).toMatchObject({ status: "completed", copiedInPass: names.length });
    expect(targets).toEqual(Object.fromEntries(["INBOX", ...names].map((path) => [path, path])));
  });

  it("that the server gives another name are found under it, and recorded", async () => {
    const { state, targets } = await passed(ends({ capabilities }, ["Work", "R&D"]), (session) => {
      const createFolder = session.createFolder.bind(session);
      return {
        createFolder: (segments) => createFolder(segments.map((segment) => segment.replace("&", "+"))),
      };
    });
    expect(state).toMatchObject({ status: "completed", copiedInPass: 2 });
    expect(targets).toEqual({ INBOX: "INBOX", Work: "Work", "R&D": "R+D" });
  });

  it("that the server refuses fail the mailbox with its words, and the others are in order", async () => {
    const { state, targets } = await passed(ends({ capabilities }, ["Work", "barred"]), () => ({}));
    const evidence = { folder: "barred", words: "Permission denied" };
    expect(state).toMatchObject({ status: "failed", error: { name: "FolderUnusable", evidence } });
    expect(targets).toEqual({ INBOX: "INBOX", Work: "Work" });
  });
});

describe("a folder without a record", () => {
  /** The target takes the folder under neither of its names when the pass begins, and takes it at its end. */
  const refusedAtFirst = (both: ReturnType<typeof ends>) => {
    let refusals = 2;
    return passed(both, (session) => {
      const createFolder = session.createFolder.bind(session);
      return {
        createFolder: async (segments) => {
          if (segments[0] === "Work") return createFolder(segments);
          refusals -= 1;
          if (refusals >= 0) throw refusal("R&D");
          return createFolder(segments);
        },
      };
    });
  };

  it("is copied by the same pass if it can be made by its end", async () => {
    const both = ends({ capabilities }, ["Work", "R&D"]);
    const { state } = await refusedAtFirst(both);
    expect(state).toMatchObject({ status: "completed", copiedInPass: 2 });
    expect(both.target.content()).toEqual(both.source.content());
  });

  it("is nobody's loss where it is empty", async () => {
    const both = ends({ capabilities }, ["Work"]);
    both.source.create("R&D");
    const { state } = await refusedAtFirst(both);
    expect(state).toMatchObject({ status: "completed" });
  });
});

describe("a subscription", () => {
  it("that was refused along with others is asked for once more by itself", async () => {
    const both = ends();
    const { state } = await passed(both, (session) => ({
      subscribeTogether: async (paths) => {
        const taken = paths.slice(0, 1);
        for (const path of taken) await session.subscribe(path);
        return new Set(taken);
      },
    }));
    expect(state).toMatchObject({ status: "completed", copiedInPass: names.length });
    expect(subscribed(both.target)).toEqual(names.filter((path) => path !== "Work/2024"));
  });
});

describe("meeting folders", () => {
  it("leaves the same folders and subscriptions wherever it died and began again", async () => {
    const folders = [...names, "R&D", "barred"];
    const cuts = await interruptEverywhere({
      begin: async () => {
        const { source, target } = ends({ capabilities }, folders);
        return { ...(await sessionsOf(new FakeMailServerPair(source, target))), state: { server: target } };
      },
      run: meet,
      check: ({ state: { server } }) => {
        const usable = ["INBOX", ...names, "R&D"];
        expect(made(server).toSorted()).toEqual(usable.toSorted());
        expect(subscribed(server).toSorted()).toEqual(
          usable.filter((path) => path !== "Work/2024" && path !== "INBOX").toSorted(),
        );
      },
    });
    // Two surveys, all together, two singly of which one under two names, subscriptions, one status: before and after each.
    expect(cuts).toBeGreaterThanOrEqual(14);
  });
});
