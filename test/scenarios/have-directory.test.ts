import { describe, expect, it } from "vitest";
import { OperatorAnswer } from "../../events/operator-command.ts";
import type { DirectorySeen } from "../../events/read-directory.ts";
import { MailferryError } from "../../shared/contract/errors.ts";
import { MemberId, MigrationId } from "../../shared/contract/ids.ts";
import { askForReading } from "../../shared/directory/ask-for-reading.ts";
import { haveDirectory, tryDirectory } from "../../shared/directory/have-directory.ts";
import { readDirectory } from "../../shared/directory/read-directory.ts";
import { operatorCommand } from "../../shared/phases/operator-command.ts";
import { tick } from "../../shared/tick/tick.ts";
import { portsWith, request, snapshot } from "../support/directory-ports.ts";
import { pipelineWith, unhurried } from "../support/fake-pipeline.ts";
import { exampleId, inAccounts, inSwitch } from "../support/migration-example.ts";
import { withWecom } from "../support/wecom-migration.ts";

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
