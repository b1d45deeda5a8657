import { describe, expect, it } from "vitest";
import { revokeMemberLinks } from "../../shared/credentials/member-link.ts";
import { showMemberPage, submitPassword } from "../../shared/credentials/member-page.ts";
import { interruptEverywhere } from "../support/interruptions.ts";
import { memberPageWorld, rightPassword } from "../support/member-page-world.ts";
import { exampleAccount, exampleId } from "../support/migration-example.ts";

const { address } = exampleAccount(1);
const day = 86_400;

describe("a member's link", () => {
  it("carries 256 bits that are kept nowhere", async () => {
    const app = await memberPageWorld();
    const tokens = [await app.issue(), await app.issue()];
    for (const token of tokens) {
      expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
      expect(app.memberLinks.dump()).not.toContain(token);
    }
    expect(new Set(tokens).size).toBe(2);
  });

  it("shows the masked address and asks for the password, as often as it is opened", async () => {
    const app = await memberPageWorld();
    const token = await app.issue();
    const before = app.memberLinks.dump();
    for (const _time of [1, 2, 3]) {
      expect(await showMemberPage(app, token)).toMatchObject({
        state: "ask",
        subject: { masked: "m•••@yunfan.example", domain: "yunfan.example", kind: "member" },
      });
    }
    expect(app.memberLinks.dump()).toBe(before);
  });

  it("says the same whether it is unknown, expired, revoked, replaced, worn out, or its account is gone", async () => {
    const app = await memberPageWorld();
    const unknown = "A".repeat(43);
    const replaced = await app.issue();
    const expired = await app.issue(exampleAccount(1), 1);
    app.clock.advance(day);
    const orphan = await app.issue(exampleAccount(9));
    const shown = [];
    for (const token of [unknown, "", "../..", replaced, expired, orphan]) {
      shown.push(await showMemberPage(app, token), await submitPassword(app, token, rightPassword));
    }
    const revoked = await app.issue();
    await revokeMemberLinks(app, exampleId, address);
    shown.push(await showMemberPage(app, revoked), await submitPassword(app, revoked, rightPassword));
    for (const state of shown) expect(state).toEqual({ state: "linkNotValid" });
    expect(app.mailServers.logins).toBe(0);
  });

  it("holds to its last second", async () => {
    const app = await memberPageWorld();
    const token = await app.issue(exampleAccount(1), 2);
    app.clock.advance(2 * day - 1);
    expect((await showMemberPage(app, token)).state).toBe("ask");
    app.clock.advance(1);
    expect((await showMemberPage(app, token)).state).toBe("linkNotValid");
  });

  it("that is issued anew ends the one before, wherever that is interrupted", async () => {
    await interruptEverywhere({
      begin: async () => {
        const app = await memberPageWorld();
        return Object.assign(app, { first: await app.issue(), last: { token: "" } });
      },
      run: async (app) => {
        app.last.token = await app.issue();
      },
      check: async (app) => {
        expect((await showMemberPage(app, app.first)).state).toBe("linkNotValid");
        expect((await showMemberPage(app, app.last.token)).state).toBe("ask");
      },
    });
  });

  it("says that there is nothing left to do once the password was accepted, by whomever", async () => {
    const app = await memberPageWorld();
    const token = await app.issue();
    expect((await submitPassword(app, token, rightPassword)).state).toBe("accepted");
    expect((await showMemberPage(app, token)).state).toBe("alreadyAccepted");
    expect((await submitPassword(app, token, "another")).state).toBe("alreadyAccepted");
    expect(app.mailServers.logins).toBe(1);
  });

  it("asks again when the password was refused later", async () => {
    const app = await memberPageWorld();
    const token = await app.issue();
    await submitPassword(app, token, rightPassword);
    const account = await app.account();
    const error = {
      name: "LoginRefused",
      evidence: { side: "source", mailbox: address, words: "NO" },
    } as const;
    const reason = { kind: "loginRefused", error } as const;
    await app.accounts.replace(account, { ...account, state: { status: "notStarted", reason } });
    expect((await showMemberPage(app, token)).state).toBe("ask");
  });

  it("comes to the same end wherever the submission is interrupted; the try that died stays counted at most", async () => {
    await interruptEverywhere({
      begin: async () => {
        const app = await memberPageWorld();
        return Object.assign(app, { token: await app.issue() });
      },
      run: (app) => submitPassword(app, app.token, rightPassword),
      check: async (app) => {
        expect((await showMemberPage(app, app.token)).state).toBe("alreadyAccepted");
        const access = await app.access();
        expect(access?.failures).toBeLessThanOrEqual(1);
        expect(access?.lockedUntil).toBeUndefined();
      },
    });
  });
});
