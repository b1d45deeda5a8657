import { describe, expect, it } from "vitest";
import type { Account } from "../../shared/contract/account.ts";
import type { PassNumber } from "../../shared/contract/ids.ts";
import { Migration } from "../../shared/contract/migration.ts";
import { acceptPassword } from "../../shared/credentials/accept-password.ts";
import { closeMigration } from "../../shared/phases/close-migration.ts";
import { interruptEverywhere } from "../support/interruptions.ts";
import { type MemberPageWorld, memberPageWorld, rightPassword } from "../support/member-page-world.ts";
import {
  exampleAccount,
  exampleId,
  exampleSettings,
  inAccounts,
  inHistory,
  inSwitch,
} from "../support/migration-example.ts";

const { address } = exampleAccount(1);
const key = { migrationId: exampleId, address, side: "source" } as const;

const accept = (app: MemberPageWorld, password = rightPassword, by: "member" | "operator" = "member") =>
  acceptPassword(app, { migrationId: exampleId, address, password, by });

/** An account that did not start in a pass for want of a password. */
const withoutPassword = (pass: PassNumber): Account =>
  exampleAccount(1, {
    state: { status: "notStarted", reason: { kind: "passwordMissing", side: "source" }, pass },
  });

const afterFirstPass = (): Migration => {
  const { createdAt } = inHistory();
  return inHistory({ fannedOut: true, settledAt: createdAt, copied: 0 });
};

describe("a right password", () => {
  it("is kept and marked, and starts nothing before the migration copies, wherever that is interrupted", async () => {
    const cuts = await interruptEverywhere({
      begin: () => memberPageWorld(),
      run: (app) => accept(app),
      check: async (app) => {
        expect(await app.vault.open(key)).toBe(rightPassword);
        const account = await app.account();
        expect(account).toMatchObject({ state: { reason: { kind: "historyNotBegun" } } });
        expect(account.verifiedAt).toBe(app.clock.now());
        expect(app.workQueue.waiting).toEqual([]);
      },
    });
    expect(cuts).toBeGreaterThan(10);
  });

  it("starts the mailbox in the pass that has gone without it, wherever that is interrupted", async () => {
    const begun = inHistory();
    if (!("pass" in begun)) throw new Error("no pass");
    await interruptEverywhere({
      begin: () => memberPageWorld(afterFirstPass(), withoutPassword(begun.pass.number)),
      run: (app) => accept(app),
      check: async (app) => {
        expect(await app.vault.open(key)).toBe(rightPassword);
        expect(await app.account()).toMatchObject({
          state: { status: "copying", pass: 1 },
          verifiedAt: app.clock.now(),
        });
        expect(app.workQueue.waiting).toMatchObject([{ work: "plan", address, pass: 1, round: 1 }]);
        const migration = await app.migrations.get(exampleId);
        expect(migration).not.toMatchObject({ pass: { settledAt: expect.anything() } });
      },
    });
  });

  it("leaves no session behind, and a moment of verification that was there already", async () => {
    const earlier = { ...exampleAccount(1), verifiedAt: exampleAccount(1).importedAt };
    const app = await memberPageWorld(inAccounts(), earlier);
    app.clock.advance(60);
    expect(await accept(app)).toEqual({ outcome: "accepted" });
    expect(app.mailServers.open).toBe(0);
    expect((await app.account()).verifiedAt).toBe(earlier.verifiedAt);
  });
});

describe("a password that is not accepted", () => {
  it("is refused when the server says so, is kept nowhere, and is not repeated", async () => {
    const app = await memberPageWorld();
    const acceptance = await accept(app, "wrong-secret");
    expect(acceptance).toMatchObject({
      outcome: "refused",
      error: { name: "LoginRefused", evidence: { mailbox: address, words: "no such password: •••" } },
    });
    expect(JSON.stringify(acceptance)).not.toContain("wrong-secret");
    expect(app.vault.count(exampleId)).toBe(0);
    expect((await app.account()).verifiedAt).toBeUndefined();
  });

  it("is answered with what its provider wants instead, to the member and to the operator", async () => {
    const source = { ...exampleSettings.source, host: "hwimap.exmail.qq.com" };
    const app = await memberPageWorld(
      Migration.parse({ ...inAccounts(), settings: { ...exampleSettings, source } }),
    );
    const [member, operator] = [await accept(app, "x", "member"), await accept(app, "x", "operator")];
    const remedies = [member, operator].map((end) => (end.outcome === "refused" ? end.remedy.zhCN : ""));
    expect(remedies[0]).toMatch(/客户端专用密码.*填写到此处/);
    expect(remedies[1]).toMatch(/客户端专用密码.*邮箱使用者/);
  });

  it.each(["ServerBusy", "TlsFailed"] as const)(
    "is not judged by %s, which is not asked again at once",
    async (failure) => {
      const app = await memberPageWorld();
      app.mailServers.failNext(failure);
      expect(await accept(app)).toMatchObject({ outcome: "tryLater", error: { name: failure } });
      expect([app.mailServers.logins, app.vault.count(exampleId)]).toEqual([1, 0]);
    },
  );

  it("is not judged by a lost connection either, which is made once more and no oftener", async () => {
    const app = await memberPageWorld();
    app.mailServers.failNext("ConnectionLost");
    expect(await accept(app)).toEqual({ outcome: "accepted" });
    app.mailServers.failNext("ConnectionLost", "ServerUnreachable", "ConnectionLost");
    expect(await accept(app)).toMatchObject({ outcome: "tryLater", error: { name: "ServerUnreachable" } });
    expect(app.mailServers.logins).toBe(4);
  });

  it("is not accepted when the vault fails: nothing is marked or started", async () => {
    const app = await memberPageWorld(afterFirstPass());
    const vault = { keep: () => Promise.reject(new Error("AccessDeniedException")) };
    await expect(accept(Object.assign(app, { vault }))).rejects.toThrow("AccessDeniedException");
    expect((await app.account()).verifiedAt).toBeUndefined();
    expect(app.workQueue.waiting).toEqual([]);
  });
});

describe("a right password that comes too late", () => {
  it("is not left behind in a migration that is closed meanwhile, and starts nothing there", async () => {
    const app = await memberPageWorld(inSwitch(), withoutPassword(inSwitch().pass.number));
    app.mailServers.meanwhile = () => closeMigration(app, exampleId);
    expect(await accept(app)).toEqual({ outcome: "notAsked" });
    expect([app.vault.count(exampleId), app.workQueue.waiting]).toEqual([0, []]);
  });

  it("is not left behind for an account that is cleared meanwhile", async () => {
    const app = await memberPageWorld();
    app.mailServers.meanwhile = async () => app.accounts.remove(await app.account());
    expect(await accept(app)).toEqual({ outcome: "notAsked" });
    expect(app.vault.count(exampleId)).toBe(0);
  });

  it("is not left behind for an account that is cleared at the very end", async () => {
    const app = await memberPageWorld();
    const putVerified = app.users.putVerified.bind(app.users);
    app.users.putVerified = async (user) => {
      await putVerified(user);
      await app.accounts.remove(await app.account());
    };
    expect(await accept(app)).toEqual({ outcome: "notAsked" });
    expect(app.vault.count(exampleId)).toBe(0);
  });
});

describe("a password nobody has asked for", () => {
  const master = { kind: "master", user: "m", password: { secretArn: "arn:x" } };
  const { switch: _switch, ...switched } = inSwitch();
  it.each([
    ["the migration is closed", { ...switched, phase: "closed", closedAt: switched.createdAt }],
    [
      "the source is entered by a master user",
      {
        ...inAccounts(),
        settings: { ...exampleSettings, source: { ...exampleSettings.source, auth: master } },
      },
    ],
  ])("is not tried: %s", async (_why, migration) => {
    const app = await memberPageWorld(Migration.parse(migration));
    expect(await accept(app)).toEqual({ outcome: "notAsked" });
    expect([app.mailServers.logins, app.vault.count(exampleId)]).toEqual([0, 0]);
  });

  it("is not tried for an address without an account", async () => {
    const app = await memberPageWorld(inAccounts(), exampleAccount(2));
    expect(await accept(app)).toEqual({ outcome: "notAsked" });
    expect(app.mailServers.logins).toBe(0);
  });
});
