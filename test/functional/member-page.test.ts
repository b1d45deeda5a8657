import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { describe, expect, it } from "vitest";
import { acceptPassword } from "../../shared/credentials/accept-password.ts";
import { showMemberPage, submitPassword } from "../../shared/credentials/member-page.ts";
import { memberPageOverDovecot } from "../support/member-page-over-dovecot.ts";
import { exampleId } from "../support/migration-example.ts";
import { someone } from "../support/private-dovecot.ts";

const pageUrl = "https://page.example.test/m";

describe("the password page over a real server", () => {
  it("refuses what the server refuses and accepts what it accepts", async () => {
    const { app, account, issue } = await memberPageOverDovecot();
    const token = (await issue(pageUrl)).slice(pageUrl.length + 1);
    expect(await showMemberPage(app, token)).toMatchObject({
      state: "ask",
      subject: { masked: "s•••@mailferry.example" },
    });
    expect(await submitPassword(app, token, "wrong")).toMatchObject({ state: "refused", triesLeft: 4 });
    expect(await submitPassword(app, token, someone.password)).toMatchObject({ state: "accepted" });
    const { migrationId, address } = account;
    expect(await app.vault.open({ migrationId, address, side: "source" })).toBe(someone.password);
    expect(await app.accounts.get(migrationId, address)).toMatchObject({ verifiedAt: app.clock.now() });
    expect(await showMemberPage(app, token)).toMatchObject({ state: "alreadyAccepted" });
  });

  it("keeps neither token nor password in the table, tried or accepted", async () => {
    const { app, issue, raw, tableName } = await memberPageOverDovecot();
    const token = (await issue(pageUrl)).slice(pageUrl.length + 1);
    await submitPassword(app, token, "wrong-secret");
    await submitPassword(app, token, someone.password);
    const { Items } = await raw.send(new ScanCommand({ TableName: tableName }));
    const everything = JSON.stringify(Items);
    expect(everything).toContain(someone.user);
    for (const secret of [token, "wrong-secret", someone.password]) {
      expect(everything).not.toContain(secret);
      expect(everything).not.toContain(JSON.stringify(secret).slice(1, -1));
      expect(everything).not.toContain(Buffer.from(secret).toString("base64"));
    }
  });

  it("judges no password while the server is down", async () => {
    const { app, account, server } = await memberPageOverDovecot();
    await server.stop();
    const offered = { migrationId: exampleId, address: account.address, password: someone.password };
    expect(await acceptPassword(app, { ...offered, by: "operator" })).toMatchObject({
      outcome: "tryLater",
      error: { name: "ServerUnreachable" },
    });
    expect(await app.vault.isHeld({ ...account, side: "source" })).toBe(false);
  });
});
