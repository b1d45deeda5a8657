import { describe, expect, it } from "vitest";
import { MailferryError } from "../../shared/contract/errors.ts";
import type { SourceServer } from "../../shared/contract/settings.ts";
import type { AccessTokens } from "../../shared/ports/access-tokens.ts";
import type { Login, MailServers, ServerAddress } from "../../shared/ports/mail-server.ts";
import type { SecretStore } from "../../shared/ports/secret-store.ts";
import { CopyWorld } from "../support/copy-world.ts";
import { FakeMailServer } from "../support/fake-mail-server.ts";
import { FakeMailServerPair } from "../support/fake-mail-session.ts";
import { exampleAccount, inHistory } from "../support/migration-example.ts";

const secretArn = "arn:aws:secretsmanager:eu-central-1:000000000000:secret:mailferry/example/source";
const master: SourceServer["auth"] = {
  kind: "master",
  user: "migrator",
  password: { secretArn },
  style: "authzid",
  separator: "*",
};
const application: SourceServer["auth"] = {
  kind: "oauth2",
  provider: "microsoft365",
  tenant: "example.test",
  clientId: "mailferry",
  clientSecret: { secretArn },
  scope: "https://outlook.office365.com/.default",
};

/** Keeps the wrong one until it is told that it was refused; by then somebody may have written down another one. */
const keepingWrong = (written: string): SecretStore => {
  let kept = "wrong";
  return {
    read: async (_secret, refused) => {
      if (refused === kept) kept = written;
      return kept;
    },
  };
};

/** Old mailboxes that open with the right master password, or with a token for the right secret. */
class FakeGuardedServers implements Pick<MailServers, "enter"> {
  readonly #servers = new FakeMailServerPair(new FakeMailServer(), new FakeMailServer());
  logins = 0;

  async enter(server: ServerAddress, login: Login) {
    if (server.side === "source") {
      this.logins += 1;
      if (login.password !== "right" && login.accessToken !== "token by right") {
        const { mailbox } = login;
        throw new MailferryError("MasterRefused", { side: "source", mailbox, words: "no" });
      }
    }
    return this.#servers.enter(server, login);
  }
}

const tokens: AccessTokens = {
  tokenFor: async ({ secret }) => {
    if (secret === "right") return `token by ${secret}`;
    throw new MailferryError("Microsoft365Refused", {
      tenant: "example.test",
      client: "mailferry",
      words: "no",
    });
  },
};

const passWith = async (auth: SourceServer["auth"], written: string) => {
  const servers = new FakeGuardedServers();
  const migration = inHistory({ fannedOut: true });
  const { settings } = migration;
  const world = await CopyWorld.with(servers, exampleAccount(1), {
    ...migration,
    settings: { ...settings, source: { ...settings.source, auth } },
  });
  world.secrets = keepingWrong(written);
  world.tokens = tokens;
  await world.startPass();
  await world.workOff();
  return { logins: servers.logins, state: (await world.state()).state };
};

describe("a secret of the settings that was put right while the wrong one was still kept", () => {
  it.each([
    ["a master user's password", master],
    ["an application's secret", application],
  ])("opens the mailboxes at once: %s", async (_what, auth) => {
    expect((await passWith(auth, "right")).state).toMatchObject({ status: "completed" });
  });

  it.each([
    ["a master user's password", master, "MasterRefused", 1],
    ["an application's secret", application, "Microsoft365Refused", 0],
  ] as const)("is tried once where it was not: %s", async (_what, auth, name, logins) => {
    expect(await passWith(auth, "wrong")).toMatchObject({
      logins,
      state: { status: "notStarted", reason: { kind: "loginRefused", error: { name } } },
    });
  });
});
