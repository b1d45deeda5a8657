import { describe, expect, it } from "vitest";
import { MailferryError } from "../../shared/contract/errors.ts";
import { FolderPath } from "../../shared/contract/ids.ts";
import type { MailSession } from "../../shared/ports/mail-server.ts";
import { mail } from "../support/copy-scenarios.ts";
import { CopyWorld } from "../support/copy-world.ts";
import { FakeMailServer } from "../support/fake-mail-server.ts";
import { FakeMailServerPair } from "../support/fake-mail-session.ts";
import { type Trip, Tripwire } from "../support/tripwire.ts";
import { untilDone } from "../support/until-done.ts";

const capabilities = ["IMAP4rev1", "UIDPLUS", "CONDSTORE", "LIST-STATUS"];
const refusal = (folder: string) =>
  new MailferryError("FolderUnusable", { folder, mailbox: "a@b.test", side: "target", words: "No." });

/** A mailbox with these folders besides the INBOX; "Plain" is not subscribed to. */
const begin = async (folders: readonly string[] = ["Work", "Private", "Plain"]) => {
  const [source, target] = [new FakeMailServer({ capabilities }), new FakeMailServer({ capabilities })];
  for (const path of folders) {
    source.create(path, { subscribed: path !== "Plain" });
    source.add(path, mail(path));
  }
  const pair = new FakeMailServerPair(source, target);
  /** What the target says to SUBSCRIBE instead of OK. */
  const answers = new Map<string, MailferryError>([["Private", refusal("Private")]]);
  const asked: string[] = [];
  const world = await CopyWorld.with({
    enter: async (server, login) => {
      const session = await pair.enter(server, login);
      return server.side === "source" ? session : answering(session, answers, asked);
    },
  });
  const pass = async () => {
    asked.length = 0;
    await world.startPass();
    await world.workOff();
    return (await world.state()).state;
  };
  return { source, target, answers, asked, world, pass };
};

const answering = (
  session: MailSession,
  answers: ReadonlyMap<string, MailferryError>,
  asked: string[],
): MailSession => {
  const subscribe = session.subscribe.bind(session);
  const subscribeTogether = session.subscribeTogether.bind(session);
  return Object.assign(session, {
    subscribe: async (path) => {
      const answer = answers.get(path);
      if (answer !== undefined) throw answer;
      await subscribe(path);
    },
    subscribeTogether: async (paths) => {
      asked.push(paths.join());
      return subscribeTogether(paths);
    },
  } satisfies Partial<MailSession>);
};

const late = FolderPath.parse("Late");

type World = Pick<CopyWorld, "mailboxes" | "account">;

/** The folders that are said not to be subscribed to: in the records and in the summaries, which must agree. */
const unsubscribed = async ({ mailboxes, account }: World): Promise<readonly string[]> => {
  const [records, summaries] = [await mailboxes.folders(account), await mailboxes.summaries(account)];
  const told = (
    stored: readonly { readonly sourcePath: string; readonly notSubscribed?: true | undefined }[],
  ) => stored.filter(({ notSubscribed }) => notSubscribed).map(({ sourcePath }) => sourcePath);
  expect(told(summaries)).toEqual(told(records));
  return told(records);
};

describe("a folder that the target refuses to subscribe to", () => {
  it("is copied like the others, and its record and summary say so", async () => {
    const { source, target, world, pass } = await begin();
    expect(await pass()).toMatchObject({ status: "completed", copiedInPass: 3 });
    expect(target.content()).toEqual(source.content());
    expect(await unsubscribed(world)).toEqual(["Private"]);
    expect(target.folder("Work").subscribed).toBe(true);
    expect(target.folder("Private").subscribed).toBe(false);
  });

  it("is there already, and its mail is recognised all the same", async () => {
    const { target, world, pass } = await begin();
    target.create("Private");
    target.add("Private", mail("Private"));
    expect(await pass()).toMatchObject({ status: "completed", copiedInPass: 2 });
    expect((await world.state()).totals?.messages).toMatchObject({ source: 3, copied: 2, alreadyThere: 1 });
    expect(await unsubscribed(world)).toEqual(["Private"]);
  });

  it("is asked for once in every later pass, and its new mail is copied", async () => {
    const { source, target, asked, world, pass } = await begin();
    await pass();
    source.add("Private", mail("new"));
    expect(await pass()).toMatchObject({ status: "completed", copiedInPass: 1 });
    expect(asked).toEqual(["Private"]);
    expect(target.content()).toEqual(source.content());
    expect(await unsubscribed(world)).toEqual(["Private"]);
  });

  it("is subscribed to by the pass in which the target no longer refuses, and asked for no more", async () => {
    const { target, answers, asked, world, pass } = await begin();
    await pass();
    answers.clear();
    expect(await pass()).toMatchObject({ status: "completed", copiedInPass: 0 });
    expect(target.folder("Private").subscribed).toBe(true);
    expect(await unsubscribed(world)).toEqual([]);
    await pass();
    expect(asked).toEqual([]);
  });

  it("stays so when the target replaces it", async () => {
    const { target, world, pass } = await begin();
    await pass();
    target.replaceUidValidity("Private");
    expect(await pass()).toMatchObject({ status: "completed", copiedInPass: 0 });
    expect(await unsubscribed(world)).toEqual(["Private"]);
  });

  it("is no matter any more when the source is not subscribed to it either", async () => {
    const { source, asked, world, pass } = await begin();
    await pass();
    source.folder("Private").subscribed = false;
    await pass();
    expect(asked).toEqual([]);
    expect(await unsubscribed(world)).toEqual([]);
  });
});

describe("a target that refuses every subscription", () => {
  it("has all the mail", async () => {
    const { source, target, answers, world, pass } = await begin();
    answers.set("Work", refusal("Work"));
    expect(await pass()).toMatchObject({ status: "completed", copiedInPass: 3 });
    expect(target.content()).toEqual(source.content());
    expect(await unsubscribed(world)).toEqual(["Private", "Work"]);
  });

  it("is not what keeps a folder back that came during the pass", async () => {
    const { source, answers, world, pass } = await begin();
    answers.set("Late", refusal("Late"));
    world.afterWork = ({ work }) => {
      if (work !== "plan" || source.folders.has(late)) return;
      source.create(late, { subscribed: true });
      source.add(late, mail("Late"));
    };
    expect(await pass()).toMatchObject({ status: "completed", copiedInPass: 4 });
    expect(await unsubscribed(world)).toEqual(["Late", "Private"]);
  });
});

describe("an answer to SUBSCRIBE that is no refusal", () => {
  const lost = { side: "target", host: "h.test", reason: "reset" } as const;
  const busy = { side: "target", host: "h.test", words: "Later." } as const;

  it.each([new MailferryError("ConnectionLost", lost), new MailferryError("ServerBusy", busy)])(
    "is waited out, and the folder is subscribed to: $name",
    async (answer) => {
      const { target, answers, world } = await begin();
      answers.set("Private", answer);
      await world.startPass();
      await world.workOff(world, undefined, 1);
      expect((await world.state()).state.status).toBe("copying");
      expect(await world.mailboxes.folders(world.account)).toEqual([]);
      answers.clear();
      await world.workOff();
      expect((await world.state()).state).toMatchObject({ status: "completed", copiedInPass: 3 });
      expect(target.folder("Private").subscribed).toBe(true);
      expect(await unsubscribed(world)).toEqual([]);
    },
  );
});

describe("refused subscriptions", () => {
  /** A pass in which the target refuses two, and one in which it takes one of them; one of the two may be cut short somewhere. */
  const run = async (trip: Trip | null) => {
    const { source, target, answers, world } = await begin(["Private", "Shut"]);
    answers.set("Shut", refusal("Shut"));
    world.visitMilliseconds = 60_000;
    const wire = new Tripwire();
    wire.arm(trip);
    wire.takeOver = () => world.takeOver();
    const ports = wire.string(world);
    await world.startPass();
    await untilDone(world, wire, ports);
    answers.delete("Private");
    source.add("Shut", mail("new"));
    await world.startPass();
    await untilDone(world, wire, ports);
    const { state, totals } = await world.state();
    const told = await unsubscribed(world);
    const { subscribed } = target.folder("Private");
    return {
      calls: wire.calls,
      end: { status: state.status, totals, told, subscribed, content: target.content() },
    };
  };

  it.each(["death", "lost connection", "takeover"] as const)(
    "are told of alike, and overcome alike, after a %s at any call",
    async (fault) => {
      const whole = await run(null);
      expect(whole.end).toMatchObject({ status: "completed", told: ["Shut"], subscribed: true });
      for (let call = 1; call <= whole.calls; call += 1) {
        for (const moment of fault === "takeover" ? (["after"] as const) : (["before", "after"] as const)) {
          const { end } = await run({ call, moment, fault });
          expect(end, `${fault} ${moment} call ${call} of ${whole.calls}`).toEqual(whole.end);
        }
      }
    },
  );
});
