import { describe, expect, it } from "vitest";
import { imapMailServers } from "../../functions/adapters/imap/mail-servers.ts";
import type { DovecotOptions, TokenCheck } from "../../infra/local/demo/dovecot/options.ts";
import { loginFor, type ServerAuth } from "../../shared/accounts/login-for.ts";
import { FolderPath, MailAddress } from "../../shared/contract/ids.ts";
import { privateDovecot, someone } from "../support/private-dovecot.ts";
import { plainAddress } from "../support/real-mailbox.ts";
import { tokenService } from "../support/token-service.ts";

const servers = imapMailServers();
const inbox = FolderPath.parse("INBOX");
const mailbox = MailAddress.parse(someone.user);
const masterUser = { user: "migrator", password: 'opens:"every\\thing%' };
const mailDomain = mailbox.slice(mailbox.indexOf("@") + 1);

const master = (style: "authzid" | "separator" | "exchange"): ServerAuth => ({
  kind: "master",
  user: masterUser.user,
  password: { secretArn: "arn:example" },
  style,
  separator: "*",
  domain: "CORP",
});

const outgoing = {
  raw: new TextEncoder().encode("Subject: in someone's own\r\n\r\nbody\r\n"),
  flags: [],
  internalDate: "2011-01-02T03:04:05.000Z",
};

/** A server with a message in someone's own mailbox, put there by someone: whoever sees it is in the right one. */
const withOneMessage = async (options: Partial<DovecotOptions>) => {
  const server = await privateDovecot(options);
  const owner = { mailbox, user: someone.user, password: someone.password };
  const session = await servers.enter(plainAddress("source", server), owner);
  await session.append(inbox, [outgoing]);
  await session.leave();
  return server;
};

describe("an admin's authorisation", () => {
  it.each(["authzid", "separator", "exchange"] as const)(
    "opens the mailbox itself in the %s form",
    async (style) => {
      const server = await withOneMessage({ masterUser, exchange: { domain: "CORP", mailDomain } });
      const login = loginFor(master(style), mailbox, masterUser.password);
      const session = await servers.enter(plainAddress("source", server), login);
      expect(await session.folderStatus(inbox)).toMatchObject({ messages: 1 });
      await session.leave();
    },
  );

  it.each([
    ["authzid", "wrong"],
    ["separator", "wrong"],
    ["exchange", "wrong"],
    ["exchange", someone.password],
  ] as const)("is refused in the %s form with %j as the master's password", async (style, password) => {
    const server = await privateDovecot({ masterUser, exchange: { domain: "CORP", mailDomain } });
    const refused = servers.enter(plainAddress("source", server), loginFor(master(style), mailbox, password));
    await expect(refused).rejects.toMatchObject({ name: "MasterRefused", evidence: { mailbox } });
  });

  it.each(["authzid", "separator"] as const)(
    "does not open a mailbox that is not there in the %s form, and no password of that mailbox is blamed",
    async (style) => {
      const server = await privateDovecot({ masterUser });
      const nobody = MailAddress.parse(`nobody@${mailDomain}`);
      const refused = servers.enter(
        plainAddress("target", server),
        loginFor(master(style), nobody, masterUser.password),
      );
      await expect(refused).rejects.toMatchObject({ name: "MasterRefused", evidence: { mailbox: nobody } });
      await expect(refused).rejects.toThrow(
        /Check that the mailbox exists, that the master user may open it/,
      );
    },
  );
});

describe("an access token", () => {
  const application = { clientId: "mailferry", clientSecret: "s3cret" };
  const auth: ServerAuth = {
    kind: "oauth2",
    provider: "microsoft365",
    tenant: "example.test",
    clientId: application.clientId,
    clientSecret: { secretArn: "arn:example" },
    scope: "https://outlook.office365.com/.default",
  };

  const checked = async (differing: Partial<TokenCheck> = {}) => {
    const service = await tokenService({ application });
    const form = new URLSearchParams({
      grant_type: "client_credentials",
      client_id: application.clientId,
      client_secret: application.clientSecret,
    });
    await fetch(service.tokenEndpoint, { method: "POST", body: form });
    const { tokenInfoUrl } = service;
    const oauth2 = { tokenInfoUrl, attribute: "holder", opens: "every account", ...differing } as const;
    const server = await withOneMessage({ oauth2 });
    return { service, server, token: service.given[0] ?? "" };
  };

  it.each(["xoauth2", "oauthbearer"] as const)("opens the mailbox by %s", async (mechanism) => {
    const { server, token } = await checked({ mechanism });
    const session = await servers.enter(plainAddress("source", server), loginFor(auth, mailbox, token));
    expect(await session.folderStatus(inbox)).toMatchObject({ messages: 1 });
    await session.leave();
  });

  it("that is refused is no wrong password, and is not repeated in the error", async () => {
    const { server, service, token } = await checked();
    service.revokeAll();
    const refused = servers.enter(plainAddress("source", server), loginFor(auth, mailbox, token));
    await expect(refused).rejects.toMatchObject({ name: "TokenRefused", evidence: { mailbox } });
    await expect(refused).rejects.toThrow(expect.not.stringContaining(token));
  });

  it("of one mailbox does not open another", async () => {
    const { server, token } = await checked({ opens: "its holder's" });
    const refused = servers.enter(plainAddress("source", server), loginFor(auth, mailbox, token));
    await expect(refused).rejects.toMatchObject({ name: "TokenRefused" });
  });

  it("is of no use to a server that takes none, which is said", async () => {
    const server = await privateDovecot();
    await expect(
      servers.enter(plainAddress("source", server), loginFor(auth, mailbox, "a-token")),
    ).rejects.toMatchObject({
      name: "TokenRefused",
      evidence: { words: expect.stringContaining("XOAUTH2") },
    });
  });
});
