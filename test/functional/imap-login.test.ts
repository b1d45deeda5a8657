import { describe, expect, it, onTestFinished } from "vitest";
import { imapMailServers } from "../../functions/adapters/imap/mail-servers.ts";
import { seedMailbox } from "../../infra/local/demo/seeding/seed-mailbox.ts";
import type { MailSession } from "../../shared/ports/mail-server.ts";
import { countTurns } from "../support/counted-turns.ts";
import { privateDovecot, someone } from "../support/private-dovecot.ts";
import { plainAddress } from "../support/real-mailbox.ts";
import { scriptedImap } from "../support/scripted-imap.ts";

const login = { mailbox: someone.user, user: someone.user, password: someone.password };
const credentials = Buffer.from(`\0${someone.user}\0${someone.password}`).toString("base64");

const enter = async (server: { readonly host: string; readonly port: number }): Promise<MailSession> => {
  const session = await imapMailServers().enter(plainAddress("source", server), login);
  onTestFinished(() => session.leave());
  return session;
};

describe("looking at a server without logging in", () => {
  const servers = imapMailServers();

  it("costs no round trip where its greeting tells its capabilities", async () => {
    const counted = await countTurns(await privateDovecot());
    expect((await servers.probe(plainAddress("target", counted))).capabilities).toContain("IMAP4rev1");
    expect({ turns: counted.turns(), connections: counted.connections() }).toEqual({
      turns: 0,
      connections: 1,
    });
  });

  it("asks one for them that does not, and believes no server that tells none", async () => {
    const asked = await scriptedImap(() => undefined);
    expect((await servers.probe(plainAddress("target", asked))).capabilities).toContain("UIDPLUS");
    expect(asked.commands).toEqual(["CAPABILITY"]);
    const silent = await scriptedImap(() => "TAG BAD what is that?");
    await expect(servers.probe(plainAddress("target", silent))).rejects.toMatchObject({
      name: "ServerUnreachable",
    });
  });
});

describe("a login", () => {
  const plain = "IMAP4rev1 AUTH=PLAIN";

  it("shows its credentials only when it is asked, where SASL-IR is not announced", async () => {
    const server = await scriptedImap(() => undefined, { capability: plain });
    await enter(server);
    expect(server.commands.slice(0, 3)).toEqual(["CAPABILITY", "AUTHENTICATE PLAIN", "continued"]);
  });

  it("shows them once more to a server that asks all the same, and no more often than that", async () => {
    const lenient = await scriptedImap(() => undefined, { capability: `${plain} SASL-IR` });
    await enter(lenient);
    expect(lenient.commands).toContain(`AUTHENTICATE PLAIN ${credentials}`);
    const nagging = await scriptedImap(
      (command) => {
        if (command.startsWith("AUTHENTICATE")) return "+ ";
        if (command !== "continued") return undefined;
        return nagging.commands.length < 4 ? "+ " : "TAG NO Enough.";
      },
      { capability: `${plain} SASL-IR` },
    );
    await expect(enter(nagging)).rejects.toMatchObject({ name: "LoginRefused" });
    expect(nagging.said().split(credentials)).toHaveLength(3);
  });

  it("says nothing of itself to a server that does not offer the TLS that is asked for", async () => {
    const server = await scriptedImap(() => undefined, { capability: `${plain} SASL-IR` });
    const address = { ...plainAddress("source", server), tls: "starttls" } as const;
    await expect(imapMailServers().enter(address, login)).rejects.toMatchObject({ name: "TlsFailed" });
    expect(server.commands.join()).not.toMatch(/AUTHENTICATE|LOGIN|ID/);
  });

  it.each([
    { answer: "TAG NO [UNAVAILABLE] Later.", name: "ServerBusy" },
    { answer: "TAG NO [LIMIT] Too many.", name: "ServerBusy" },
    { answer: "TAG NO [AUTHENTICATIONFAILED] No.", name: "LoginRefused" },
    { answer: "TAG NO No.", name: "LoginRefused" },
  ])("that is answered with $answer is $name", async ({ answer, name }) => {
    const server = await scriptedImap(
      (command) => (command.startsWith("AUTHENTICATE") ? answer : undefined),
      {
        capability: `${plain} SASL-IR`,
      },
    );
    await expect(enter(server)).rejects.toMatchObject({ name });
  });

  it.each(
    ["ID", "ENABLE", "NAMESPACE"].flatMap((command) =>
      ["TAG NO not for you", "TAG BAD what is that?"].map((answer) => ({ command, answer })),
    ),
  )("goes on where $command is answered with $answer", async ({ command, answer }) => {
    const server = await scriptedImap((asked) => (asked.startsWith(command) ? answer : undefined), {
      capability: `${plain} SASL-IR ID ENABLE CONDSTORE NAMESPACE`,
    });
    const session = await enter(server);
    expect(await session.listFolders()).toMatchObject([{ path: "INBOX" }]);
    expect(server.commands.join()).toMatch(/ID .*ENABLE .*NAMESPACE.*LIST/);
    expect(await session.listFolders()).toHaveLength(1);
  });

  it("is lost where the server says goodbye in between", async () => {
    const server = await scriptedImap(
      (asked) => (asked.startsWith("NAMESPACE") ? "* BYE going down" : undefined),
      { capability: `${plain} SASL-IR ID ENABLE CONDSTORE NAMESPACE` },
    );
    const session = await imapMailServers().enter(
      { ...plainAddress("source", server), silenceMilliseconds: 500 },
      login,
    );
    await expect(session.survey()).rejects.toMatchObject({ name: "ConnectionLost" });
    await session.leave();
  });

  it("lists what lies below a prefix that it has yet to learn of", async () => {
    const dovecot = await privateDovecot({ separator: ".", namespacePrefix: "INBOX." });
    await seedMailbox(dovecot, someone.user, [{ path: "INBOX.Projects.Old", messages: [] }]);
    const session = await enter(dovecot);
    const first = await session.survey();
    expect(first.map(({ path, segments }) => [path, segments])).toContainEqual([
      "INBOX.Projects.Old",
      ["Projects", "Old"],
    ]);
    expect(first).toEqual(await session.survey());
  });
});
