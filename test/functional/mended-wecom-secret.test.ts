import { PutSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { describe, expect, it } from "vitest";
import { dynamoCardStore } from "../../functions/adapters/dynamodb/card-store.ts";
import { wecomMemberCards } from "../../functions/adapters/wecom/member-cards.ts";
import { wecomMemberDirectory } from "../../functions/adapters/wecom/member-directory.ts";
import { MemberId } from "../../shared/contract/ids.ts";
import type { WecomDirectory } from "../../shared/contract/settings.ts";
import { openSecretStore } from "../support/open-secret-store.ts";
import { openStateTable } from "../support/state-table.ts";
import { type Company, companyOf } from "../support/wecom/company.ts";
import { serveWecom } from "../support/wecom/serve-wecom.ts";

/** The calls behind the members' directory and behind cards. */
const callers = ["department/list", "message/send"] as const;

/** A company that has reset its app's secret, so that the tokens of the old one have died. */
const afterReset = async () => {
  let appSecret = "old-secret";
  const company: Company = {
    ...companyOf(3),
    get appSecret() {
      return appSecret;
    },
  };
  const { wecom, client: wecomClient, baseUrl } = await serveWecom(company);
  const { store: secrets, client, clock, metering, secretArn } = await openSecretStore(appSecret);
  const { table } = await openStateTable();
  const { corpId, agentId } = company;
  const settings: WecomDirectory = { kind: "wecom", corpId, agentId, baseUrl, secret: { secretArn } };
  const cards = wecomMemberCards({ client: wecomClient, secrets, clock, cards: dynamoCardStore(table) });
  const directory = wecomMemberDirectory(wecomClient, secrets);
  const card = { memberId: MemberId.parse("Member1"), title: "t", description: "d", button: "b" };
  const ask = {
    "department/list": () => directory.readAll(settings),
    "message/send": () => cards.send(settings, { ...card, url: "https://example.test/m/abc" }),
  };
  for (const caller of callers) await ask[caller]();
  appSecret = "new-secret";
  wecom.endTokens();
  const asked = () => ({
    tokens: wecom.asked.get("gettoken") ?? 0,
    secrets: metering.readings().secretsRequests ?? 0,
  });
  const before = asked();
  return {
    wecom,
    ask,
    writeDown: () => client.send(new PutSecretValueCommand({ SecretId: secretArn, SecretString: appSecret })),
    /** How often somebody asked for a token and for the secret since the reset; the writing down counts too. */
    askedSince: () => ({
      tokens: asked().tokens - before.tokens,
      secrets: asked().secrets - before.secrets,
    }),
  };
};

describe("WeCom's secret that was reset while the old one was still kept", () => {
  it.each([
    ["department/list", { names: "told" }, 1],
    ["message/send", { outcome: "sent" }, 2],
  ] as const)("serves at once when the new one is written down: %s", async (caller, answer, cards) => {
    const { wecom, ask, writeDown, askedSince } = await afterReset();
    await writeDown();
    await expect(ask[caller]()).resolves.toMatchObject(answer);
    expect(wecom.cards).toHaveLength(cards);
    expect(askedSince()).toEqual({ tokens: 2, secrets: 2 });
    await ask[caller]();
    expect(askedSince()).toEqual({ tokens: 2, secrets: 2 });
  });

  it.each(callers)("is tried once while nobody has written the new one down: %s", async (caller) => {
    const { ask, askedSince } = await afterReset();
    await expect(ask[caller]()).rejects.toMatchObject({ name: "WecomSecretRefused" });
    expect(askedSince()).toEqual({ tokens: 1, secrets: 1 });
  });

  it.each(callers)(
    "is tried once more, not again and again, when the newer one is wrong too: %s",
    async (caller) => {
      const { wecom, ask, writeDown, askedSince } = await afterReset();
      wecom.disturb("gettoken", { errcode: 40_001, errmsg: "invalid credential" }, 10);
      await writeDown();
      await expect(ask[caller]()).rejects.toMatchObject({ name: "WecomSecretRefused" });
      expect(askedSince().tokens).toBe(2);
    },
  );

  it("is not read anew for what no secret would mend", async () => {
    const { wecom, ask, askedSince } = await afterReset();
    wecom.disturb("gettoken", { errcode: 60_020, errmsg: "not allow to access, from ip: 192.0.2.7" });
    await expect(ask["department/list"]()).rejects.toMatchObject({ name: "WecomAddressRefused" });
    expect(askedSince()).toEqual({ tokens: 1, secrets: 0 });
  });
});
