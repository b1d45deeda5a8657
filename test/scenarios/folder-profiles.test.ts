import { describe, expect, it } from "vitest";
import { MailferryError } from "../../shared/contract/errors.ts";
import { Migration } from "../../shared/contract/migration.ts";
import type { HeldSettings } from "../../shared/contract/settings.ts";
import { mail } from "../support/copy-scenarios.ts";
import { CopyWorld } from "../support/copy-world.ts";
import { FakeMailServer } from "../support/fake-mail-server.ts";
import { FakeMailServerPair } from "../support/fake-mail-session.ts";
import { exampleAccount, exampleSettings, inHistory } from "../support/migration-example.ts";

const gmail = (...extensions: readonly string[]): FakeMailServer => {
  const source = new FakeMailServer({ capabilities: ["IMAP4rev1", ...extensions] });
  source.create("[Gmail]/All Mail", { specialUse: "\\All" });
  source.create("合同");
  for (const path of ["INBOX", "合同", "[Gmail]/All Mail"]) source.add(path, mail("one"));
  return source;
};

const copied = async (source: FakeMailServer, target: FakeMailServer, settings: HeldSettings) => {
  const migration = Migration.parse({ ...inHistory({ fannedOut: true }), settings });
  const world = await CopyWorld.with(new FakeMailServerPair(source, target), exampleAccount(1), migration);
  for (const _pass of [1, 2]) {
    await world.startPass();
    await world.workOff();
  }
  const folders = Object.entries(target.content()).map(([path, messages]) => [path, messages.length]);
  const { state, totals } = await world.state();
  return { folders: Object.fromEntries(folders), state, totals, world };
};

describe("a mailbox at Gmail", () => {
  it("is copied without its views, which the report names, where it tells no labels", async () => {
    const settings: HeldSettings = {
      ...exampleSettings,
      source: { ...exampleSettings.source, profile: "gmail" },
    };
    const { folders, state, totals, world } = await copied(gmail(), new FakeMailServer(), settings);
    expect(folders).toEqual({ INBOX: 1, 合同: 1 });
    expect(state.status).toBe("completed");
    expect(totals?.messages).toEqual({ source: 2, copied: 2, alreadyThere: 0, refused: 0 });
    const summaries = await world.mailboxes.summaries(world.account);
    expect(summaries.find(({ provenance }) => provenance === "skipped")).toMatchObject({
      sourcePath: "[Gmail]/All Mail",
      source: 0,
    });
  });

  it("is copied with them where the settings ask for it, into folders of the target's own", async () => {
    const settings: HeldSettings = {
      ...exampleSettings,
      target: { ...exampleSettings.target, profile: "tencent-exmail" },
      copy: { ...exampleSettings.copy, views: "copy" },
    };
    const { folders, state } = await copied(gmail("X-GM-EXT-1"), new FakeMailServer(), settings);
    expect(folders).toEqual({ INBOX: 1, "其他文件夹/合同": 1, "其他文件夹/All Mail": 1 });
    expect(state.status).toBe("completed");
  });
});

describe("folders whose names the target does not take", () => {
  it("get plainer ones that are recorded, and keep them", async () => {
    const [source, target] = [new FakeMailServer(), new FakeMailServer()];
    const long = "项目".repeat(50);
    for (const path of [`${long}一`, `${long}二`]) {
      source.create(path);
      source.add(path, mail(path.slice(-1)));
    }
    const pair = new FakeMailServerPair(source, target);
    const enter = pair.enter.bind(pair);
    const world = await CopyWorld.with({
      enter: async (server, login) => {
        const session = await enter(server, login);
        const createFolder = session.createFolder.bind(session);
        return Object.assign(session, {
          createFolder: async (segments: readonly string[]) => {
            if (segments.every((segment) => segment.length <= 60)) return createFolder(segments);
            const folder = segments.join("/");
            const words = "Mailbox name too long";
            throw new MailferryError("FolderUnusable", {
              folder,
              mailbox: login.mailbox,
              side: server.side,
              words,
            });
          },
        });
      },
    });
    for (const _pass of [1, 2]) {
      await world.startPass();
      await world.workOff();
    }
    expect((await world.state()).state.status).toBe("completed");
    const records = await world.mailboxes.folders(world.account);
    const given = records
      .filter(({ sourcePath }) => sourcePath !== "INBOX")
      .map(({ targetPath }) => targetPath);
    expect(new Set(given).size).toBe(2);
    for (const path of given) {
      expect(path).toMatch(/^(项目){15}项? [0-9a-f]{8}$/);
      expect(target.folder(path).messages).toHaveLength(1);
    }
    expect(target.appended).toBe(2);
  });
});
