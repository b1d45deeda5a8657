import { describe, expect, it } from "vitest";
import { MailferryError } from "../../shared/contract/errors.ts";
import { readDirectory } from "../../shared/directory/read-directory.ts";
import { DirectoryPorts, portsWith, request, snapshot } from "../support/directory-ports.ts";
import { members } from "../support/fake-member-directory.ts";
import { interruptEverywhere } from "../support/interruptions.ts";
import { exampleId, inAccounts } from "../support/migration-example.ts";
import { recorded } from "../support/recorded.ts";
import { withWecom } from "../support/wecom-migration.ts";

const upTo = (last: number): readonly number[] => Array.from({ length: last }, (_none, index) => index + 1);

/** Ports whose directory was read once; an hour later others are there. */
const readOnce = async (before: readonly number[], now: readonly number[]): Promise<DirectoryPorts> => {
  const ports = await portsWith(...before);
  await readDirectory(ports, request);
  ports.clock.advance(3_600);
  ports.memberDirectory.present = members(...now);
  return ports;
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
    await ports.migrations.replace(await recorded(ports), withWecom(undefined, "ww-another"));
    expect(await readDirectory(ports, request)).toMatchObject({ outcome: "taken", members: 2, leftEver: 0 });
  });

  it("does not happen where the directory is a sheet or a file", async () => {
    const ports = new DirectoryPorts();
    await ports.migrations.create(inAccounts());
    expect(await readDirectory(ports, request)).toEqual({ outcome: "notAsked" });
  });
});
