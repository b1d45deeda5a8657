import { describe, expect, it } from "vitest";
import { revokeMemberLinks } from "../../shared/credentials/member-link.ts";
import { showMemberPage, submitPassword } from "../../shared/credentials/member-page.ts";
import { memberPageWorld, rightPassword } from "../support/member-page-world.ts";
import { exampleAccount, exampleId } from "../support/migration-example.ts";

const { address } = exampleAccount(1);
const day = 86_400;

describe("wrong passwords", () => {
  it("leave five tries, then lock the page for longer and longer, and never longer than a day", async () => {
    const app = await memberPageWorld();
    const token = await app.issue();
    expect(await submitPassword(app, token, "wrong")).toMatchObject({
      state: "refused",
      triesLeft: 4,
      hasSpaces: false,
    });
    expect(await app.submitWrong(token, 4)).toEqual(["refused", "refused", "refused", "locked"]);
    expect(await submitPassword(app, token, rightPassword)).toMatchObject({ state: "locked", minutes: 15 });
    expect(app.mailServers.logins).toBe(5);
    const minutes = [];
    for (let round = 0; round < 9; round += 1) {
      app.clock.advance(day);
      const state = await submitPassword(app, token, "wrong");
      minutes.push(state.state === "locked" ? state.minutes : state.state);
    }
    expect(minutes).toEqual([30, 60, 120, 240, 480, 960, 1_440, 1_440, 1_440]);
  });

  it("are forgotten after the right one, which is taken as soon as the lock has run out", async () => {
    const app = await memberPageWorld();
    const token = await app.issue();
    await app.submitWrong(token, 5);
    app.clock.advance(15 * 60 - 1);
    expect((await showMemberPage(app, token)).state).toBe("locked");
    app.clock.advance(1);
    expect((await showMemberPage(app, token)).state).toBe("ask");
    expect((await submitPassword(app, token, rightPassword)).state).toBe("accepted");
    expect(await app.access()).toMatchObject({ failures: 0, link: { failures: 0 } });
  });

  it("lock the mailbox and not only the link: a new link does not open it", async () => {
    const app = await memberPageWorld();
    await app.submitWrong(await app.issue(), 5);
    const another = await app.issue();
    expect((await submitPassword(app, another, rightPassword)).state).toBe("locked");
    await revokeMemberLinks(app, exampleId, address);
    const third = await app.issue();
    expect((await showMemberPage(app, third)).state).toBe("locked");
    app.clock.advance(15 * 60);
    expect(await submitPassword(app, third, "wrong")).toMatchObject({ state: "locked", minutes: 30 });
  });

  it("wear a link out, and then only a new one helps", async () => {
    const app = await memberPageWorld();
    const token = await app.issue(exampleAccount(1), 60);
    for (let time = 0; time < 20; time += 1) {
      await app.submitWrong(token, 1);
      app.clock.advance(day);
    }
    expect((await showMemberPage(app, token)).state).toBe("linkNotValid");
    expect((await showMemberPage(app, await app.issue())).state).toBe("ask");
  });

  it("sent all at once are five tries and no more", async () => {
    const app = await memberPageWorld();
    const token = await app.issue();
    const posts = Array.from({ length: 18 }, (_unused, post) => submitPassword(app, token, `wrong ${post}`));
    const states = (await Promise.all(posts)).map(({ state }) => state);
    expect(app.mailServers.logins).toBe(5);
    expect(states.filter((state) => state === "locked")).toHaveLength(14);
    expect(await app.access()).toMatchObject({ failures: 5 });
  });
});

describe("two right posts at once", () => {
  it("are both accepted or answered so, and count as no failure", async () => {
    const app = await memberPageWorld();
    const token = await app.issue();
    const states = await Promise.all([1, 2].map(() => submitPassword(app, token, rightPassword)));
    for (const { state } of states) expect(["accepted", "alreadyAccepted"]).toContain(state);
    expect(await app.access()).toMatchObject({ failures: 0 });
    expect((await showMemberPage(app, token)).state).toBe("alreadyAccepted");
  });
});

describe("a try that others overtake", () => {
  it("takes back itself and not the lock they set", async () => {
    const app = await memberPageWorld();
    const token = await app.issue();
    await app.submitWrong(token, 3);
    app.mailServers.failNext("ServerBusy");
    app.mailServers.meanwhile = () => app.submitWrong(token, 1);
    expect((await submitPassword(app, token, rightPassword)).state).toBe("tryLater");
    expect(await app.access()).toMatchObject({ failures: 4, lockedUntil: expect.anything() });
    expect((await showMemberPage(app, token)).state).toBe("locked");
  });

  it("is not made when its link was replaced before it could be counted", async () => {
    const app = await memberPageWorld();
    const token = await app.issue();
    const get = app.accounts.get.bind(app.accounts);
    app.accounts.get = async (id, of) => {
      await app.issue();
      return get(id, of);
    };
    expect((await submitPassword(app, token, rightPassword)).state).toBe("linkNotValid");
    expect(app.mailServers.logins).toBe(0);
  });
});

describe("a try that says nothing about the password", () => {
  it("does not count when the server is busy, and takes back no lock but its own", async () => {
    const app = await memberPageWorld();
    const token = await app.issue();
    await app.submitWrong(token, 4);
    app.mailServers.failNext("ServerBusy");
    expect((await submitPassword(app, token, rightPassword)).state).toBe("tryLater");
    expect(await app.access()).toMatchObject({ failures: 4, link: { failures: 4 } });
    expect((await showMemberPage(app, token)).state).toBe("ask");
  });

  it("wears the link out in the end, so that nobody asks the server without end", async () => {
    const app = await memberPageWorld();
    const token = await app.issue();
    const states = new Set<string>();
    for (let time = 0; time < 100; time += 1) {
      app.mailServers.failNext("ServerBusy");
      states.add((await submitPassword(app, token, `guess ${time}`)).state);
    }
    expect([...states]).toEqual(["tryLater"]);
    expect((await submitPassword(app, token, rightPassword)).state).toBe("linkNotValid");
    expect(app.mailServers.logins).toBe(100);
    const another = await app.issue();
    expect((await submitPassword(app, another, rightPassword)).state).toBe("accepted");
  });

  it("does not count when something of ours fails", async () => {
    const app = await memberPageWorld();
    const token = await app.issue();
    const vault = { keep: () => Promise.reject(new Error("KMS")) };
    await expect(submitPassword(Object.assign(app, { vault }), token, rightPassword)).rejects.toThrow("KMS");
    expect(await app.access()).toMatchObject({ failures: 0 });
  });
});
