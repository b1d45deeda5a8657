import { exportPKCS8, generateKeyPair } from "jose";
import { describe, expect, it } from "vitest";
import { httpAccessTokens } from "../../functions/adapters/oauth/access-tokens.ts";
import { seedMailbox } from "../../infra/local/demo/seeding/seed-mailbox.ts";
import { snapshotMailbox } from "../support/mailbox-snapshot.ts";
import { exampleId } from "../support/migration-example.ts";
import { privateDovecot, someone } from "../support/private-dovecot.ts";
import { makePass, realMailbox } from "../support/real-mailbox.ts";
import { tokenService } from "../support/token-service.ts";

const application = { clientId: "mailferry", clientSecret: "the application's secret" };
const email = "ferry@project.iam.gserviceaccount.com";
const arnOf = (name: string) => `arn:aws:secretsmanager:eu-central-1:000000000000:secret:mailferry/${name}`;

const message = (subject: string) => ({
  raw: Buffer.from(`Subject: ${subject}\r\n\r\nbody\r\n`),
  flags: [],
  internalDate: new Date("2020-01-01T00:00:00Z"),
});

/** From a server that takes an application's tokens to one that takes a service account's. */
const begin = async () => {
  const { privateKey, publicKey } = await generateKeyPair("RS256", { extractable: true });
  const microsoft = await tokenService({ application });
  const google = await tokenService({ serviceAccount: { email, publicKey } });
  const source = await privateDovecot({
    oauth2: { tokenInfoUrl: microsoft.tokenInfoUrl, attribute: "holder", opens: "every account" },
  });
  const target = await privateDovecot({
    oauth2: { tokenInfoUrl: google.tokenInfoUrl, attribute: "holder" },
  });
  await seedMailbox(source, someone.user, [{ path: "INBOX", messages: [message("one")] }]);

  const world = await realMailbox(source, target);
  const migration = await world.migrations.get(exampleId);
  if (migration === null) throw new Error("There is no migration.");
  await world.migrations.replace(migration, {
    ...migration,
    settings: {
      ...migration.settings,
      source: {
        ...migration.settings.source,
        auth: {
          kind: "oauth2",
          provider: "microsoft365",
          tenant: "example.test",
          clientId: application.clientId,
          clientSecret: { secretArn: arnOf("source") },
          tokenEndpoint: microsoft.tokenEndpoint,
          scope: "https://outlook.office365.com/.default",
        },
      },
      target: {
        ...migration.settings.target,
        auth: {
          kind: "oauth2",
          provider: "google",
          serviceAccount: { secretArn: arnOf("target") },
          tokenEndpoint: google.tokenEndpoint,
        },
      },
    },
  });
  const secrets = new Map([
    [arnOf("source"), application.clientSecret],
    [
      arnOf("target"),
      JSON.stringify({
        type: "service_account",
        client_email: email,
        private_key: await exportPKCS8(privateKey),
      }),
    ],
  ]);
  world.secrets = { read: async ({ secretArn }) => secrets.get(secretArn) ?? "" };
  world.tokens = httpAccessTokens(world.clock);
  return { world, source, target, microsoft, google, secrets };
};

describe("a mailbox that is entered with access tokens on both sides", () => {
  it("is copied, and goes on with new tokens when the old ones have expired", async () => {
    const { world, source, target, microsoft, google } = await begin();
    expect(await makePass(world)).toMatchObject({ state: { status: "completed" }, copiedEver: 1 });
    await seedMailbox(source, someone.user, [{ path: "INBOX", messages: [message("two")] }]);
    microsoft.revokeAll();
    google.revokeAll();
    world.clock.advance(3_600);
    expect(await makePass(world)).toMatchObject({ state: { status: "completed" }, copiedEver: 2 });
    expect([microsoft.given.length, google.given.length]).toEqual([2, 2]);
    const copied = await snapshotMailbox(target.accessOf(someone.user));
    expect(copied.folders.get("INBOX")).toHaveLength(2);
  });

  it("is entered with a newer token when the one that was kept is refused", async () => {
    const { world, microsoft } = await begin();
    await makePass(world);
    microsoft.revokeAll();
    world.clock.advance(600);
    expect(await makePass(world)).toMatchObject({ state: { status: "completed" } });
    expect(microsoft.given).toHaveLength(2);
  });

  it("does not start with a wrong secret, says what to do, and starts once it is right", async () => {
    const { world, microsoft, secrets } = await begin();
    secrets.set(arnOf("source"), "another secret");
    const account = await makePass(world);
    expect(account).toMatchObject({
      state: {
        status: "notStarted",
        reason: { kind: "loginRefused", error: { name: "Microsoft365Refused" } },
      },
    });
    expect(JSON.stringify(account)).not.toContain("another secret");
    expect(microsoft.given).toEqual([]);
    secrets.set(arnOf("source"), application.clientSecret);
    expect(await makePass(world)).toMatchObject({ state: { status: "completed" }, copiedEver: 1 });
  });

  it("does not start where the server opens nothing with a good token", async () => {
    const { world, google } = await begin();
    await makePass(world);
    google.revokeAll();
    expect(await makePass(world)).toMatchObject({
      state: { status: "notStarted", reason: { kind: "loginRefused", error: { name: "TokenRefused" } } },
    });
  });

  it("waits while the token service is out of order, and is copied afterwards", async () => {
    const { world, microsoft } = await begin();
    microsoft.answerWith({ status: 503, body: "" });
    await world.startPass();
    world.afterWork = () => microsoft.answerWith(null);
    await world.workOff();
    expect(await world.state()).toMatchObject({ state: { status: "completed" }, copiedEver: 1 });
    expect(microsoft.requests.length).toBeGreaterThan(1);
  });
});
