import { describe, expect, it } from "vitest";
import { dynamoCardStore } from "../../functions/adapters/dynamodb/card-store.ts";
import { dynamoDirectoryStore } from "../../functions/adapters/dynamodb/directory-store.ts";
import { wecomMemberCards } from "../../functions/adapters/wecom/member-cards.ts";
import { MemberId } from "../../shared/contract/ids.ts";
import { HeldSettings, type WecomDirectory } from "../../shared/contract/settings.ts";
import { unreadDirectory } from "../../shared/directory/unread-directory.ts";
import { exampleId, exampleSettings } from "../support/migration-example.ts";
import { openStateTable } from "../support/state-table.ts";
import { serveWecom } from "../support/wecom/serve-wecom.ts";

const secretArn = "arn:aws:secretsmanager:eu-central-1:000000000000:secret:mailferry/x/wecom";

const cardsOf = async () => {
  const { table } = await openStateTable();
  const served = await serveWecom();
  const { client, clock, asApp, company } = served;
  const { directory } = HeldSettings.parse({
    ...exampleSettings,
    directory: {
      kind: "wecom",
      corpId: company.corpId,
      agentId: company.agentId,
      baseUrl: asApp.baseUrl,
      secret: { secretArn },
    },
  });
  if (directory.kind !== "wecom") throw new Error("The settings name another directory.");
  const secrets = { read: async () => asApp.secret };
  const memberCards = wecomMemberCards({ client, clock, secrets, cards: dynamoCardStore(table) });
  const send = (memberId: string, by: WecomDirectory = directory) =>
    memberCards.send(by, {
      memberId: MemberId.parse(memberId),
      title: "请提供原邮箱密码",
      description: "您的邮箱即将迁移。",
      url: "https://example.test/m/abc",
      button: "立即处理",
    });
  return { ...served, directory, send };
};

describe("cards in WeCom", () => {
  it("reach the member they are for", async () => {
    const { send, wecom } = await cardsOf();
    expect(await send("Member1")).toEqual({ outcome: "sent" });
    expect(wecom.cards).toMatchObject([
      { touser: "Member1", textcard: { title: "请提供原邮箱密码", btntxt: "立即处理" } },
    ]);
  });

  it("cannot be delivered to whom WeCom does not know, whether it says so with an error or in the reply", async () => {
    const { send, wecom } = await cardsOf();
    const unknown = { outcome: "undeliverable", reason: "unknownMember" };
    expect(await send("nobody")).toEqual(unknown);
    wecom.disturb("message/send", { errcode: 0, errmsg: "ok", invaliduser: "member1" });
    expect(await send("Member1")).toEqual(unknown);
    wecom.disturb("message/send", { errcode: 60_111, errmsg: "userid not found" });
    expect(await send("Member1")).toEqual(unknown);
    wecom.disturb("message/send", { errcode: 0, errmsg: "ok", unlicenseduser: "member1" });
    expect(await send("Member1")).toEqual({ outcome: "undeliverable", reason: "unlicensed" });
  });

  it.each(["@all", "Member1|Member2", "Member1 "])(
    "never go to %j, which is not one member",
    async (name) => {
      const { send, wecom } = await cardsOf();
      expect(await send(name)).toEqual({ outcome: "undeliverable", reason: "unknownMember" });
      expect(wecom.asked.get("message/send")).toBeUndefined();
    },
  );

  it("wait before WeCom would drop them", async () => {
    const { send, wecom, clock } = await cardsOf();
    for (let number = 0; number < 30; number += 1) expect(await send("Member1")).toEqual({ outcome: "sent" });
    expect(await send("MEMBER1")).toMatchObject({ outcome: "tooMany" });
    expect(wecom.cards).toHaveLength(30);
    expect(await send("Member2")).toEqual({ outcome: "sent" });
    clock.advance(61);
    expect(await send("Member1")).toEqual({ outcome: "sent" });
  });

  it("that WeCom refuses for our own reasons are nobody's fault but ours", async () => {
    const { send, directory, wecom } = await cardsOf();
    await expect(send("Member1", { ...directory, agentId: 7 })).rejects.toMatchObject({
      name: "WecomRightMissing",
    });
    const { agentId: _none, ...withoutApp } = directory;
    await expect(send("Member1", withoutApp)).rejects.toMatchObject({ name: "SettingsUnusable" });
    wecom.disturb("message/send", { errcode: 45_009, errmsg: "api freq out of limit" });
    await expect(send("Member1")).rejects.toMatchObject({ name: "WecomBusy" });
  });
});

describe("what is known of directories, in the state table", () => {
  it("is read as it was written", async () => {
    const { table } = await openStateTable();
    const store = dynamoDirectoryStore(table);
    expect(await store.get(exampleId)).toBeNull();
    const snapshot = { ...unreadDirectory(exampleId), joinedEver: 7 };
    await store.put(snapshot);
    expect(await store.get(exampleId)).toEqual(snapshot);
  });
});
