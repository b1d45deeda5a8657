import { createServer, type IncomingMessage } from "node:http";
import { type CryptoKey, jwtVerify } from "jose";
import { onTestFinished } from "vitest";
import { z } from "zod";

/** What the service answers to a token request, in place of a token. */
export interface ServiceAnswer {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A token service of the running test's own, for client credentials and for service accounts. */
export interface TokenService {
  /** Where tokens are asked for. */
  readonly tokenEndpoint: string;
  /** Where Dovecot asks about one. */
  readonly tokenInfoUrl: string;
  /** The forms that were sent, in order. */
  readonly requests: readonly URLSearchParams[];
  /** The tokens that were given out, in order. */
  readonly given: readonly string[];
  /** From now on token requests are answered so, or not at all ("silent"); null gives tokens again. */
  answerWith(answer: ServiceAnswer | "silent" | null): void;
  /** The tokens given out so far are no longer good. */
  revokeAll(): void;
  stop(): Promise<void>;
}

/** Whom the service knows. */
export interface KnownClients {
  readonly application?: { readonly clientId: string; readonly clientSecret: string };
  readonly serviceAccount?: { readonly email: string; readonly publicKey: CryptoKey };
}

/** As Microsoft and Google answer: an hour. */
const secondsGiven = 3_599;

/** Starts the service on loopback; it ends with the test. */
export const tokenService = async (known: KnownClients): Promise<TokenService> => {
  const requests: URLSearchParams[] = [];
  const tokens = new Map<string, { readonly holder: string }>();
  const given: string[] = [];
  let forced: ServiceAnswer | "silent" | null = null;
  let tokenEndpoint = "";

  const giveToken = async (form: URLSearchParams): Promise<ServiceAnswer> => {
    const holder = await holderOf(known, form, tokenEndpoint);
    if (holder === null) {
      const body = {
        error: "invalid_client",
        error_description: `AADSTS7000215: sent was ${form.toString()}`,
      };
      return { status: 401, body: JSON.stringify(body) };
    }
    const token = `token-${given.length + 1}-${holder}`;
    given.push(token);
    tokens.set(token, { holder });
    const body = { token_type: "Bearer", expires_in: secondsGiven, access_token: token };
    return { status: 200, body: JSON.stringify(body) };
  };

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const answer = ({ status, body, headers = {} }: ServiceAnswer): void => {
      response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
    };
    if (url.pathname === "/tokeninfo") {
      const found = tokens.get(url.searchParams.get("access_token") ?? "");
      answer({
        status: found === undefined ? 400 : 200,
        body: JSON.stringify(found ?? { error: "invalid_token" }),
      });
      return;
    }
    void readForm(request).then(async (form) => {
      requests.push(form);
      if (forced === "silent") return;
      answer(forced ?? (await giveToken(form)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = z.object({ port: z.number() }).parse(server.address());
  tokenEndpoint = `http://127.0.0.1:${port}/token`;
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  onTestFinished(stop);
  return {
    tokenEndpoint,
    tokenInfoUrl: `http://127.0.0.1:${port}/tokeninfo?access_token=`,
    requests,
    given,
    answerWith: (answer) => {
      forced = answer;
    },
    revokeAll: () => tokens.clear(),
    stop,
  };
};

/** For whom a token is due: the application, or the mailbox that a rightly signed assertion names; null when for nobody. */
const holderOf = async (
  { application, serviceAccount }: KnownClients,
  form: URLSearchParams,
  audience: string,
): Promise<string | null> => {
  if (form.get("grant_type") === "client_credentials") {
    const isRight =
      application !== undefined &&
      form.get("client_id") === application.clientId &&
      form.get("client_secret") === application.clientSecret;
    return isRight ? application.clientId : null;
  }
  if (serviceAccount === undefined) return null;
  const assertion = form.get("assertion") ?? "";
  const { email, publicKey } = serviceAccount;
  // Its clock is the test's, not the machine's.
  const read = await jwtVerify(assertion, publicKey, {
    audience,
    issuer: email,
    algorithms: ["RS256"],
    clockTolerance: 1e9,
  }).catch(() => null);
  return read?.payload.scope === "https://mail.google.com/" ? (read.payload.sub ?? null) : null;
};

const readForm = async (request: IncomingMessage): Promise<URLSearchParams> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return new URLSearchParams(Buffer.concat(chunks).toString("utf8"));
};
