import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { readMembers } from "../../functions/adapters/wecom/read-members.ts";
import { DepartmentsReply } from "../../functions/adapters/wecom/replies.ts";
import { isMailferryError } from "../../shared/contract/errors.ts";
import { companyOf, otherDepartment, salesDepartment } from "../support/wecom/company.ts";
import { serveWecom } from "../support/wecom/serve-wecom.ts";

const example = (name: string): Promise<string> =>
  readFile(join(import.meta.dirname, `../support/wecom/examples/${name}.json`), "utf8");

const failureOf = async (work: Promise<unknown>) => {
  const thrown: unknown = await work.then(
    () => null,
    (error: unknown) => error,
  );
  if (!isMailferryError(thrown)) throw new Error(`Not an error of the vocabulary: ${String(thrown)}`);
  return thrown;
};

describe("reading WeCom's members", () => {
  it("names everybody once, with departments whose ids no double can hold apart", async () => {
    const { client, asApp, wecom } = await serveWecom();
    const { members, names } = await readMembers(client, asApp);
    expect(names).toBe("told");
    expect(members).toHaveLength(12);
    expect(members.find(({ userid }) => userid === "Member0")).toMatchObject({
      name: "成员0",
      departments: ["云帆科技", "销售部"],
      email: "member0@example.test",
      aliases: ["member0@alias.example.test"],
    });
    expect(members.find(({ userid }) => userid === "Member2")?.departments).toEqual(["研发部"]);
    expect(wecom.asked.get("gettoken")).toBe(1);
    expect(wecom.asked.get("user/list")).toBe(3);
  });

  it("leaves out who has left the company, and tells letter case apart from people", async () => {
    const company = companyOf(2);
    company.employees.push(
      { userid: "gone", name: "离职", departments: ["1"], status: 5 },
      { userid: "MEMBER1", name: "成员1", departments: [otherDepartment] },
    );
    const { client, asApp } = await serveWecom(company);
    const { members } = await readMembers(client, asApp);
    expect(members.map(({ userid }) => userid.toLowerCase())).toEqual(["member0", "member1"]);
  });

  it("falls back to ids, page after page, for the secret that is told no more", async () => {
    const company = companyOf(25_000);
    const { client, asContacts, wecom } = await serveWecom(company);
    const { members, names } = await readMembers(client, asContacts);
    expect(names).toBe("withheld");
    expect(members).toHaveLength(25_000);
    expect(members.find(({ userid }) => userid === "Member3")).toEqual({
      userid: "Member3",
      name: "",
      departments: ["1", salesDepartment],
    });
    expect(wecom.asked.get("user/list_id")).toBe(4);
  });

  it("goes on with a new token when the one it has dies in the middle", async () => {
    const { client, asApp, wecom } = await serveWecom();
    await client.call(asApp, { call: "department/list", reply: DepartmentsReply });
    wecom.endTokens();
    expect((await readMembers(client, asApp)).members).toHaveLength(12);
    expect(wecom.asked.get("gettoken")).toBe(2);
  });

  it("goes on when a token dies between one department and the next", async () => {
    const { client, asApp, wecom } = await serveWecom();
    wecom.disturb("user/list", { errcode: 42_001, errmsg: "access_token expired" });
    expect((await readMembers(client, asApp)).members).toHaveLength(12);
    expect(wecom.asked.get("gettoken")).toBe(2);
  });

  it("renews a token before it expires, and keeps it until then", async () => {
    const { client, asApp, wecom, clock } = await serveWecom();
    await readMembers(client, asApp);
    clock.advance(6_000);
    await readMembers(client, asApp);
    expect(wecom.asked.get("gettoken")).toBe(1);
    clock.advance(1_000);
    await readMembers(client, asApp);
    expect(wecom.asked.get("gettoken")).toBe(2);
  });

  it("a token that WeCom refuses although it is new is no reason to go on asking", async () => {
    const { client, asApp, wecom } = await serveWecom();
    wecom.disturb("department/list", { errcode: 40_014, errmsg: "invalid access_token" }, 100);
    expect((await failureOf(readMembers(client, asApp))).name).toBe("WecomAnswerUnusable");
    expect(wecom.asked.get("department/list")).toBe(2);
  });

  it("waits out a busy system, three times at most", async () => {
    const { client, asApp, wecom, pauses } = await serveWecom();
    wecom.disturb("department/list", { errcode: -1, errmsg: "system busy" }, 3);
    expect((await readMembers(client, asApp)).members).toHaveLength(12);
    expect(pauses.filter((each) => each >= 1_000)).toEqual([1_000, 2_000, 4_000]);
    wecom.disturb("department/list", { errcode: -1, errmsg: "system busy" }, 4);
    expect(await failureOf(readMembers(client, asApp))).toMatchObject({
      name: "WecomBusy",
      evidence: { code: -1, call: "department/list" },
    });
  });

  it.each([45_009, 45_033])("does not ask again at once after a limit was exceeded (%i)", async (errcode) => {
    const { client, asApp, wecom } = await serveWecom();
    wecom.disturb("user/list", { errcode, errmsg: "api freq out of limit" });
    expect((await failureOf(readMembers(client, asApp))).name).toBe("WecomBusy");
    expect(wecom.asked.get("user/list")).toBeLessThanOrEqual(3);
  });

  it("a department that cannot be seen is no department without members", async () => {
    const { client, asApp, wecom } = await serveWecom();
    wecom.disturb("user/list", { errcode: 60_011, errmsg: "no privilege" });
    expect((await failureOf(readMembers(client, asApp))).name).toBe("WecomRightMissing");
    wecom.disturb("user/list", { errcode: 60_003, errmsg: "department not found" }, 6);
    expect(await failureOf(readMembers(client, asApp))).toMatchObject({
      name: "WecomRefused",
      evidence: { code: 60_003 },
    });
  });

  it("begins anew when a department is removed meanwhile, because its members may be elsewhere by then", async () => {
    const { client, asApp, wecom } = await serveWecom();
    wecom.disturb("user/list", { errcode: 60_003, errmsg: "department not found" });
    expect((await readMembers(client, asApp)).members).toHaveLength(12);
    expect(wecom.asked.get("department/list")).toBe(2);
  });

  it("says which address to trust, and which credentials are wrong", async () => {
    const { client, asApp, wecom } = await serveWecom();
    const refused = z
      .object({})
      .loose()
      .parse(JSON.parse(await example("refused-address")));
    wecom.disturb("department/list", refused);
    expect(await failureOf(readMembers(client, asApp))).toMatchObject({
      name: "WecomAddressRefused",
      evidence: { address: "192.0.2.7" },
    });
    const wrong = await failureOf(readMembers(client, { ...asApp, secret: "guessed" }));
    expect(wrong.name).toBe("WecomSecretRefused");
    expect(String(wrong)).not.toContain("guessed");
    expect((await failureOf(readMembers(client, { ...asApp, corpId: "ww0" }))).name).toBe(
      "WecomSecretRefused",
    );
  });

  it("the recorded refusal of 通讯录同步 leads to the ids", async () => {
    const { client, asContacts, wecom } = await serveWecom();
    const refused = z
      .object({})
      .loose()
      .parse(JSON.parse(await example("refused-call")));
    wecom.disturb("department/list", refused);
    expect((await readMembers(client, asContacts)).names).toBe("withheld");
  });

  it.each<[string, object | "cut", string]>([
    ["a lost connection", "cut", "WecomUnreachable"],
    ["a server in trouble", { httpStatus: 502 }, "WecomBusy"],
    ["a page that is not there", { httpStatus: 404 }, "WecomAnswerUnusable"],
    ["a redirect, which would be given the token", { httpStatus: 302 }, "WecomUnreachable"],
    ["a reply without what was asked for", { errcode: 0, errmsg: "ok" }, "WecomAnswerUnusable"],
    ["a reply of another kind", { errcode: "0" }, "WecomAnswerUnusable"],
    ["words nobody knows", { errcode: 99_999, errmsg: "?" }, "WecomRefused"],
  ])("%s is neither an empty company nor a leak of the token", async (_what, answer, name) => {
    const { client, asApp, wecom } = await serveWecom();
    wecom.disturb("user/list", answer, 3);
    const failure = await failureOf(readMembers(client, asApp));
    expect(failure.name).toBe(name);
    const token = new URL(wecom.urls.at(-1) ?? "", "http://127.0.0.1").searchParams.get("access_token") ?? "";
    expect(token).toMatch(/^token-/);
    expect(everythingIn(failure)).not.toContain(token);
    expect(everythingIn(failure)).not.toContain(asApp.secret);
  });

  it("does not show a token that WeCom's own words repeat", async () => {
    const { client, asApp, wecom } = await serveWecom();
    const token = `token-1-${"x".repeat(64)}`;
    wecom.disturb("department/list", { errcode: 99_999, errmsg: `no: ${token} ${asApp.secret}` });
    const failure = await failureOf(readMembers(client, asApp));
    expect(everythingIn(failure)).not.toContain(token);
    expect(everythingIn(failure)).not.toContain(asApp.secret);
  });

  it("begins no more calls in a minute than it may", async () => {
    const company = companyOf(1);
    for (let number = 2; number < 202; number += 1)
      company.departments.push({ id: String(number), name: `部门${number}`, parentid: "1" });
    const { client, asApp, clock } = await serveWecom(company);
    const before = Date.parse(clock.now());
    await readMembers(client, asApp);
    // 203 departments and their list at 3,000 calls a minute.
    expect(Date.parse(clock.now()) - before).toBeGreaterThanOrEqual(203 * 20);
  });

  it("reads 100,000 people, page after page", async () => {
    const { client, asContacts, wecom } = await serveWecom(companyOf(100_000));
    expect((await readMembers(client, asContacts)).members).toHaveLength(100_000);
    expect(wecom.asked.get("user/list_id")).toBe(14);
  });
});

/** Message, evidence, stack and causes, as a careless logger would print them. */
const everythingIn = (error: Error): string => {
  const cause = error.cause instanceof Error ? everythingIn(error.cause) : String(error.cause);
  return `${error.stack} ${JSON.stringify(error)} ${cause}`;
};
