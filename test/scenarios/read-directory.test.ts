import { describe, expect, it } from "vitest";
import { OperatorAnswer } from "../../events/operator-command.ts";
import type { DirectorySeen } from "../../events/read-directory.ts";
import { parseDirectoryFile } from "../../shared/accounts/directory.ts";
import { MailferryError } from "../../shared/contract/errors.ts";
import { MemberId, MigrationId } from "../../shared/contract/ids.ts";
import { objectKeys } from "../../shared/contract/objects.ts";
import { askForReading } from "../../shared/directory/ask-for-reading.ts";
import { haveDirectory, tryDirectory } from "../../shared/directory/have-directory.ts";
import { readDirectory } from "../../shared/directory/read-directory.ts";
import { operatorCommand } from "../../shared/phases/operator-command.ts";
import { tick } from "../../shared/tick/tick.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { FakeDirectoryReader } from "../support/fake-directory-reader.ts";
import { FakeDirectoryStore } from "../support/fake-directory-store.ts";
import { FakeMemberDirectory, members } from "../support/fake-member-directory.ts";
import { FakeMigrationStore } from "../support/fake-migration-store.ts";
import { FakeObjectStore } from "../support/fake-object-store.ts";
import { pipelineWith, unhurried } from "../support/fake-pipeline.ts";
import { interruptEverywhere } from "../support/interruptions.ts";
import { exampleId, inAccounts, inSwitch } from "../support/migration-example.ts";
import { withWecom } from "../support/wecom-migration.ts";

class DirectoryPorts {
  readonly clock = new FakeClock();
  readonly migrations = new FakeMigrationStore();
  readonly directories = new FakeDirectoryStore();
  readonly memberDirectory = new FakeMemberDirectory();
  readonly directoryReader = new FakeDirectoryReader();
  readonly objects = new FakeObjectStore();
}

const request = { migrationId: exampleId };
const upTo = (last: number): readonly number[] => Array.from({ length: last }, (_none, index) => index + 1);

const portsWith = async (...numbers: readonly number[]): Promise<DirectoryPorts> => {
  const ports = new DirectoryPorts();
  await ports.migrations.create(withWecom());
  ports.memberDirectory.present = members(...numbers);
  return ports;
};

/** Ports whose directory was read once; an hour later others are there. */
const readOnce = async (before: readonly number[], now: readonly number[]): Promise<DirectoryPorts> => {
  const ports = await portsWith(...before);
  await readDirectory(ports, request);
  ports.clock.advance(3_600);
  ports.memberDirectory.present = members(...now);
  return ports;
};

const snapshot = async ({ objects }: DirectoryPorts): Promise<readonly string[] | null> => {
  const bytes = await objects.read(objectKeys.directory(exampleId), 1_000_000);
  if (bytes === null) return null;
  return parseDirectoryFile(new TextDecoder().decode(bytes), "snapshot").members.map(({ userid }) => userid);
};

const namesOf = (changes: readonly { readonly memberId: string }[] = []): readonly string[] =>
  changes.map(({ memberId }) => memberId);

describe("reading the directory", () => {
  it("leaves the snapshot where a directory file would lie, and nobody counts as joined", async () => {
    const ports = await portsWith(1, 2, 3);
    expect(await readDirectory(ports, request)).toEqual({
      outcome: "taken",
      members: 3,
      names: "told",
      joinedEver: 0,
      leftEver: 0,
      joined: [],
      left: [],
    });
    expect(await snapshot(ports)).toEqual(["member1", "member2", "member3"]);
    expect(await ports.directories.get(exampleId)).toMatchObject({
      read: { members: 3, at: ports.clock.now() },
      joined: [],
    });
  });

  it("notes who joined and who left, once, however it is interrupted and repeated", async () => {
    const cuts = await interruptEverywhere({
      begin: () => readOnce([1, 2, 3], [2, 3, 4, 5]),
      run: (ports) => readDirectory(ports, request),
      check: async (ports) => {
        expect(await snapshot(ports)).toEqual(["member2", "member3", "member4", "member5"]);
        const known = await ports.directories.get(exampleId);
        expect(namesOf(known?.joined)).toEqual(["member4", "member5"]);
        expect(namesOf(known?.left)).toEqual(["member1"]);
        expect(known).toMatchObject({ joinedEver: 2, leftEver: 1, read: { members: 4 } });
      },
    });
    expect(cuts).toBeGreaterThanOrEqual(12);
  });

  it("notes somebody who comes back as joined again", async () => {
    const ports = await readOnce([1, 2], [1]);
    await readDirectory(ports, request);
    ports.clock.advance(3_600);
    ports.memberDirectory.present = members(1, 2);
    await readDirectory(ports, request);
    expect(await ports.directories.get(exampleId)).toMatchObject({ joinedEver: 1, leftEver: 1 });
  });

  it("keeps the newest 200 by name and counts all", async () => {
    const ports = await readOnce([1], upTo(501));
    await readDirectory(ports, request);
    const known = await ports.directories.get(exampleId);
    expect(known?.joined).toHaveLength(200);
    expect(known?.joinedEver).toBe(500);
  });

  it("that fails leaves the good snapshot and says why", async () => {
    const ports = await readOnce([1, 2, 3], []);
    ports.memberDirectory.failure = new MailferryError("WecomBusy", { call: "user/list", code: 45_009 });
    expect(await readDirectory(ports, request)).toMatchObject({
      outcome: "notTaken",
      error: { name: "WecomBusy" },
    });
    expect(await snapshot(ports)).toHaveLength(3);
    expect((await ports.directories.get(exampleId))?.trouble).toMatchObject({ error: { name: "WecomBusy" } });
    ports.memberDirectory.failure = null;
    ports.memberDirectory.present = members(1, 2, 3);
    await readDirectory(ports, request);
    expect((await ports.directories.get(exampleId))?.trouble).toBeUndefined();
  });

  it("that finds nobody is doubted, at the first time too, and cannot be insisted on", async () => {
    for (const ports of [await portsWith(), await readOnce([1, 2, 3], [])]) {
      const before = await snapshot(ports);
      expect(await readDirectory(ports, { ...request, evenIfFewer: true })).toMatchObject({
        outcome: "notTaken",
        error: { name: "DirectoryDoubtful", evidence: { count: 0 } },
      });
      expect(await snapshot(ports)).toEqual(before);
    }
  });

  it("that finds less than half of many is doubted until an operator says that it is right", async () => {
    const ports = await readOnce(upTo(40), upTo(19));
    expect(await readDirectory(ports, request)).toMatchObject({
      outcome: "notTaken",
      error: { name: "DirectoryDoubtful", evidence: { count: 19, before: 40 } },
    });
    expect(await snapshot(ports)).toHaveLength(40);
    expect(await readDirectory(ports, { ...request, evenIfFewer: true })).toMatchObject({ outcome: "taken" });
    expect(await snapshot(ports)).toHaveLength(19);
  });

  it("compares nobody with the members of another company", async () => {
    const ports = await readOnce(upTo(40), upTo(2));
    const migration = await ports.migrations.get(exampleId);
    if (migration === null) throw new Error("The migration is gone.");
    await ports.migrations.replace(migration, withWecom(undefined, "ww-another"));
    expect(await readDirectory(ports, request)).toMatchObject({ outcome: "taken", members: 2, leftEver: 0 });
  });

  it("does not happen where the directory is a sheet or a file", async () => {
    const ports = new DirectoryPorts();
    await ports.migrations.create(inAccounts());
    expect(await readDirectory(ports, request)).toEqual({ outcome: "notAsked" });
  });
});

describe("the tick", () => {
  it("has the directory read every hour, sooner after trouble that passes", async () => {
    const ports = await portsWith(1, 2);
    const asks = async (seconds: number): Promise<number> => {
      ports.clock.advance(seconds);
      await askForReading(ports, withWecom());
      return ports.directoryReader.asked.length;
    };
    expect(await asks(0)).toBe(1);
    expect(await asks(60)).toBe(1);
    await readDirectory(ports, request);
    expect(await asks(3_000)).toBe(1);
    expect(await asks(600)).toBe(2);
    ports.memberDirectory.failure = new MailferryError("WecomBusy", { call: "user/list", code: -1 });
    await readDirectory(ports, request);
    expect(await asks(840)).toBe(2);
    expect(await asks(60)).toBe(3);
    ports.memberDirectory.failure = new MailferryError("WecomSecretRefused", { corpId: "ww", code: 40_001 });
    await readDirectory(ports, request);
    expect(await asks(1_800)).toBe(3);
    expect(await asks(1_800)).toBe(4);
  });

  it("leaves other directories, unchecked and closed migrations alone", async () => {
    const ports = await portsWith(1);
    await askForReading(ports, inAccounts());
    const { settings } = withWecom();
    const closed = { ...inSwitch(), settings, phase: "closed", closedAt: ports.clock.now() } as const;
    await askForReading(ports, closed);
    expect(ports.directoryReader.asked).toEqual([]);
    await askForReading(ports, { ...closed, settings: { ...settings, allocation: "assign" } });
    expect(ports.directoryReader.asked).toHaveLength(1);
  });

  it("does so for every migration, and tends them all even where nobody can be asked", async () => {
    const app = await pipelineWith(withWecom());
    await tick(app, unhurried);
    expect(app.directoryReader.asked).toEqual([exampleId]);
    const other = MigrationId.parse("another.example");
    await app.migrations.create({ ...withWecom(), migrationId: other });
    app.directoryReader.ask = async (id) => {
      app.directoryReader.asked.push(id);
      if (id === exampleId) throw new Error("nobody answers");
    };
    app.clock.advance(3_600);
    await expect(tick(app, unhurried)).rejects.toThrow("nobody answers");
    expect(app.directoryReader.asked).toEqual([exampleId, exampleId, other]);
  });
});

describe("an operator", () => {
  it("may have the directory read, and insist", async () => {
    const app = await pipelineWith(withWecom());
    const joined = [{ memberId: MemberId.parse("lihua"), name: "李华", at: app.clock.now() }];
    const seen = {
      members: 7,
      names: "told",
      joinedEver: 1,
      leftEver: 0,
      joined,
      left: [],
    } satisfies DirectorySeen;
    app.directoryReader.answer = { outcome: "taken", ...seen };
    const command = { command: "readDirectory", migrationId: exampleId, evenIfFewer: true } as const;
    expect(await operatorCommand(app, command, unhurried)).toEqual({ outcome: "done", directory: seen });
    expect(app.directoryReader.requests).toEqual([{ migrationId: exampleId, evenIfFewer: true }]);
  });

  it("is told why a reading was not taken", async () => {
    const app = await pipelineWith(withWecom());
    const error = { name: "WecomAddressRefused", evidence: { address: "192.0.2.7" } } as const;
    app.directoryReader.answer = { outcome: "notTaken", error };
    const answer = await operatorCommand(app, { command: "readDirectory", ...request }, unhurried);
    expect(answer).toEqual({ outcome: "notTaken", error });
    expect(OperatorAnswer.safeParse(answer).success).toBe(true);
  });
});

describe("an import", () => {
  it("has the directory read first, unless that was done just now", async () => {
    const ports = await portsWith(1, 2);
    ports.directoryReader.whenRead = async () => {
      ports.directoryReader.answer = await readDirectory(ports, request);
    };
    await haveDirectory(ports, withWecom());
    expect(await snapshot(ports)).toEqual(["member1", "member2"]);
    await haveDirectory(ports, withWecom());
    expect(ports.directoryReader.requests).toHaveLength(1);
    ports.clock.advance(10);
    await haveDirectory(ports, withWecom());
    expect(ports.directoryReader.requests).toHaveLength(2);
  });

  it("works with an older snapshot when WeCom cannot be asked, and not at all without one", async () => {
    const error = { name: "WecomBusy", evidence: { call: "user/list", code: 45_009 } } as const;
    const ports = await portsWith(1);
    ports.directoryReader.answer = { outcome: "notTaken", error };
    await expect(haveDirectory(ports, withWecom())).rejects.toMatchObject(error);
    await readDirectory(ports, request);
    ports.clock.advance(7_200);
    expect(await haveDirectory(ports, withWecom())).toEqual(error);
    expect(ports.directoryReader.requests).toHaveLength(2);
  });

  it("asks nobody where the directory is a sheet", async () => {
    const ports = await portsWith(1);
    await haveDirectory(ports, inAccounts());
    expect(ports.directoryReader.requests).toEqual([]);
  });
});

describe("the first step of a migration", () => {
  it("tells a wrong secret at once, but not that a good snapshot looks better than the answer", async () => {
    const ports = await portsWith(1);
    const refused = { name: "WecomSecretRefused", evidence: { corpId: "ww", code: 40_001 } } as const;
    ports.directoryReader.answer = { outcome: "notTaken", error: refused };
    await expect(tryDirectory(ports, withWecom())).rejects.toMatchObject(refused);
    const doubtful = (before: number) =>
      ({ name: "DirectoryDoubtful", evidence: { count: 0, before } }) as const;
    ports.directoryReader.answer = { outcome: "notTaken", error: doubtful(40) };
    await tryDirectory(ports, withWecom());
    ports.directoryReader.answer = { outcome: "notTaken", error: doubtful(0) };
    await expect(tryDirectory(ports, withWecom())).rejects.toMatchObject(doubtful(0));
  });
});
