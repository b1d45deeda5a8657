import { describe, expect, it } from "vitest";
import example from "../../../events/examples/member-page-request.json" with { type: "json" };
import { MemberPageRequest } from "../../../events/member-page-request.ts";
import { textsIn } from "../../../functions/member-page/page/render.ts";
import { serveMemberPage } from "../../../functions/member-page/serve.ts";
import type { Facts } from "../../../functions/runtime/logger.ts";
import { memberPageWorld, rightPassword } from "../../support/member-page-world.ts";
import { exampleAccount } from "../../support/migration-example.ts";

const post = (token: string, password: string): MemberPageRequest =>
  MemberPageRequest.parse({
    ...example,
    pathParameters: { token },
    body: new URLSearchParams({ password }).toString(),
    isBase64Encoded: false,
  });

/** A log as text. */
const noting = () => {
  const lines: string[] = [];
  const note = (message: string, facts: Facts = {}): void => {
    lines.push(`${message} ${JSON.stringify(facts)}`);
  };
  return { lines, log: { info: note, warn: note, error: note } };
};

describe("the page, whatever happens", () => {
  it("is a page when something of ours fails, and the try does not count", async () => {
    const app = await memberPageWorld();
    const token = await app.issue();
    const { vault } = app;
    const keep = () =>
      Promise.reject(Object.assign(new Error(rightPassword), { name: "KMSInternalException" }));
    const { log, lines } = noting();
    const broken = Object.assign(app, { vault: { keep, destroy: vault.destroy.bind(vault) } });
    const response = await serveMemberPage(broken, post(token, rightPassword), log);
    expect(response.statusCode).toBe(500);
    expect(response.body).toContain(textsIn.en.failed.title);
    expect(lines).toEqual(['member page failed {"method":"POST","error":"KMSInternalException"}']);
  });

  it("is logged without password, token or address", async () => {
    const app = await memberPageWorld();
    const token = await app.issue();
    const { log, lines } = noting();
    for (const password of ["", "wrong-secret", rightPassword, rightPassword]) {
      await serveMemberPage(app, post(token, password), log);
    }
    expect(lines.map((line) => /"outcome":"(\w+)"/.exec(line)?.[1])).toEqual([
      "missing",
      "refused",
      "accepted",
      "alreadyAccepted",
    ]);
    for (const secret of ["wrong-secret", rightPassword, token, exampleAccount(1).address]) {
      expect(lines.join()).not.toContain(secret);
    }
  });
});
