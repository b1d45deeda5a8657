import { describe, expect, it } from "vitest";
import { imapMailServers } from "../../functions/adapters/imap/mail-servers.ts";
import type { Login } from "../../shared/ports/mail-server.ts";
import { plainAddress } from "../support/real-mailbox.ts";
import { scriptedImap } from "../support/scripted-imap.ts";

const password = 'correct "horse" battery';
const mailbox = "a@b.example";
const byPassword: Login = { mailbox, user: mailbox, password };
const asMaster: Login = { mailbox, user: "master", password, authorizationId: mailbox };
const byToken: Login = { mailbox, user: mailbox, accessToken: "ya29.secret-token" };
const base64 = (text: string) => Buffer.from(text).toString("base64");

/** The failure of a login that the server answers with these words. */
const refusal = async (login: Login, words: string, capability: string): Promise<unknown> => {
  const server = await scriptedImap(
    (command) =>
      /^(LOGIN|continued|AUTHENTICATE (XOAUTH2|PLAIN) ?\S)/.test(command) ? `TAG NO ${words}` : undefined,
    { capability },
  );
  return imapMailServers()
    .enter(plainAddress("source", server), login)
    .catch((thrown: unknown) => thrown);
};

describe("a server that quotes the login it refuses", () => {
  it.each<[string, Login, string, string, string]>([
    ["the password", byPassword, "AUTH=PLAIN", `no match for ${password}`, "no match for •••"],
    [
      "the quoted password of LOGIN",
      byPassword,
      "",
      `bad command: LOGIN ${mailbox} "correct \\"horse\\" battery"`,
      `bad command: LOGIN ${mailbox} "•••"`,
    ],
    [
      "the answer of SASL PLAIN",
      byPassword,
      "AUTH=PLAIN",
      `not understood: ${base64(`\0${mailbox}\0${password}`)}`,
      "not understood: •••",
    ],
    [
      "the answer of a master user's SASL PLAIN",
      asMaster,
      "AUTH=PLAIN",
      `not understood: ${base64(`${mailbox}\0master\0${password}`)}`,
      "not understood: •••",
    ],
    [
      "what came along with SASL PLAIN",
      asMaster,
      "SASL-IR AUTH=PLAIN",
      `not understood: AUTHENTICATE PLAIN ${base64(`${mailbox}\0master\0${password}`)}`,
      "not understood: AUTHENTICATE PLAIN •••",
    ],
    ["the answer of SASL LOGIN", byPassword, "AUTH=PLAIN", `wrong: ${base64(password)}`, "wrong: •••"],
    ["the access token", byToken, "AUTH=XOAUTH2", "unknown ya29.secret-token", "unknown •••"],
  ])("is told without %s", async (_what, login, mechanism, words, told) => {
    const thrown = await refusal(login, words, `IMAP4rev1 ${mechanism}`.trim());
    expect(thrown).toMatchObject({ evidence: { side: "source", mailbox, words: told } });
    // What the server said as it came is nowhere about the error either.
    expect(thrown).not.toHaveProperty("cause");
  });

  it("is told with its cause where it quotes nothing", async () => {
    const thrown = await refusal(byPassword, "[AUTHENTICATIONFAILED] sorry", "IMAP4rev1 AUTH=PLAIN");
    expect(thrown).toMatchObject({
      name: "LoginRefused",
      evidence: { words: "sorry" },
      cause: expect.anything(),
    });
  });
});
