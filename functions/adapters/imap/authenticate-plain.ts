import { z } from "zod";
import type { Login } from "../../../shared/ports/mail-server.ts";
import type { OpenImapFlow } from "./imapflow-internals.ts";

type PasswordLogin = Extract<Login, { password: string }>;

/** Whether credentials may go along with the command that names their mechanism (RFC 4959), which saves a round trip. */
export const takesInitialResponse = ({ capabilities }: Pick<OpenImapFlow, "capabilities">): boolean =>
  capabilities.has("SASL-IR") && capabilities.has("AUTH=PLAIN");

/**
 * SASL PLAIN (RFC 4616) in one round trip. A server that asks for the credentials all the same is given them once. Fails as imapflow's own
 * AUTHENTICATE does, but a connection that is lost is not taken for a refusal.
 */
export const authenticatePlain = async (
  client: OpenImapFlow,
  { user, password, authorizationId = "" }: PasswordLogin,
): Promise<string> => {
  const credentials = Buffer.from([authorizationId, user, password].join("\0"), "utf8").toString("base64");
  let isAsked = false;
  const tokens = [
    { type: "ATOM", value: "PLAIN" },
    { type: "ATOM", value: credentials, sensitive: true },
  ] as const;
  try {
    const answer = await client.exec("AUTHENTICATE", tokens, {
      onPlusTag: async () => {
        client.write(isAsked ? "*" : credentials);
        isAsked = true;
      },
    });
    answer.next();
  } catch (thrown) {
    throw asRefusal(thrown);
  }
  client.authCapabilities.set("AUTH=PLAIN", true);
  return authorizationId === "" ? user : authorizationId;
};

/** A response code as imapflow's parser leaves it: `NO [UNAVAILABLE] …`. */
const Answered = z.object({
  responseStatus: z.string(),
  response: z.object({
    attributes: z.tuple(
      [z.object({ section: z.tuple([z.object({ value: z.string() })], z.unknown()) })],
      z.unknown(),
    ),
  }),
});

const asRefusal = (thrown: unknown): unknown => {
  if (!(thrown instanceof Error) || !("responseStatus" in thrown)) return thrown;
  const answered = Answered.safeParse(thrown).data;
  const code = answered?.response.attributes[0].section[0].value.toUpperCase();
  return Object.assign(thrown, {
    authenticationFailed: true,
    ...(code === undefined ? {} : { serverResponseCode: code }),
  });
};
