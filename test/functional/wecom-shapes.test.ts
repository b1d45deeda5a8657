import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { parseReply } from "../../functions/adapters/wecom/parse-reply.ts";
import {
  DepartmentsReply,
  MemberIdsReply,
  MembersReply,
  SentReply,
  TokenReply,
} from "../../functions/adapters/wecom/replies.ts";
import { serveWecom } from "../support/wecom/serve-wecom.ts";

const example = (name: string): Promise<string> =>
  readFile(join(import.meta.dirname, `../support/wecom/examples/${name}.json`), "utf8");

describe("the recorded shapes of WeCom's replies", () => {
  it.each([
    ["gettoken", TokenReply],
    ["department-list", DepartmentsReply],
    ["user-list", MembersReply],
    ["user-list-id", MemberIdsReply],
    ["message-send", SentReply],
  ] as const)("%s is understood", async (name, schema) => {
    expect(schema.safeParse(parseReply(await example(name))).error).toBeUndefined();
  });

  it.each([
    ["department/list", "department-list"],
    ["user/list?department_id=1", "user-list"],
    ["user/list_id", "user-list-id"],
  ])("%s of the local server has them too", async (call, name) => {
    const { baseUrl, asApp, asContacts } = await serveWecom();
    const { secret, corpId } = call === "user/list_id" ? asContacts : asApp;
    const tokenReply = await fetch(`${baseUrl}/cgi-bin/gettoken?corpid=${corpId}&corpsecret=${secret}`);
    const { access_token } = TokenReply.parse(await tokenReply.json());
    const url = new URL(`${baseUrl}/cgi-bin/${call}`);
    url.searchParams.set("access_token", access_token);
    const post = { method: "POST", body: JSON.stringify({ limit: 10 }) };
    const reply = await fetch(url, call === "user/list_id" ? post : {});
    expect(shapeOf(parseReply(await reply.text()))).toEqual(shapeOf(parseReply(await example(name))));
  });
});

/** Names and kinds of all fields; of a list, those of its first entry. */
const shapeOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0])];
  const object = z.record(z.string(), z.unknown()).safeParse(value);
  if (!object.success) return /^\d{17,}$/.test(String(value)) ? "number" : typeof value;
  return Object.fromEntries(
    Object.entries(object.data)
      .filter(([, each]) => !(Array.isArray(each) && each.length === 0))
      .filter(([name]) => name !== "department_leader")
      .map(([name, each]) => [name, shapeOf(each)]),
  );
};
