import { createServer, type IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { Clock } from "../../../shared/ports/clock.ts";
import { FakeClock } from "../fake-clock.ts";
import { type Asked, departmentList, type Message, messageSend, userList, userListId } from "./calls.ts";
import type { Company } from "./company.ts";

/** What a call is answered instead, so many times. */
interface Disturbance {
  readonly call: string;
  readonly answer: object | { readonly httpStatus: number } | "cut";
  times: number;
}

/**
 * WeCom's server API as its documentation describes it (examples/SOURCES.md), for one company. Tokens live two hours by the clock
 * it is given, or until `endTokens`; what is asked is counted by call.
 */
export class WecomServer {
  readonly asked = new Map<string, number>();
  readonly cards: Message[] = [];
  /** Every address that was asked for, with its query: what must not be found anywhere else. */
  readonly urls: string[] = [];
  readonly #company: Company;
  readonly #clock: Clock;
  readonly #tokens = new Map<string, { readonly as: Asked["as"]; readonly until: number }>();
  readonly #disturbances: Disturbance[] = [];
  #issued = 0;

  constructor(company: Company, clock: Clock = new FakeClock()) {
    this.#company = company;
    this.#clock = clock;
  }

  /** The next calls of this name are answered so. */
  disturb(call: string, answer: Disturbance["answer"], times = 1): void {
    this.#disturbances.push({ call, answer, times });
  }

  /** All tokens die, as WeCom may decide at any time. */
  endTokens(): void {
    this.#tokens.clear();
  }

  /** Serves on loopback; returns where, what ends it, and the sockets that are open. */
  listener() {
    const open = new Set<Socket>();
    const server = createServer((request, response) => {
      void bodyOf(request).then((body) => {
        const { pathname, searchParams } = new URL(request.url ?? "/", "http://127.0.0.1");
        const call = pathname.replace(/^\/cgi-bin\//, "");
        this.urls.push(request.url ?? "");
        this.asked.set(call, (this.asked.get(call) ?? 0) + 1);
        const answer = this.#answer(call, searchParams, body);
        if (answer === "cut") request.socket.destroy();
        else if ("httpStatus" in answer) response.writeHead(Number(answer.httpStatus)).end();
        else response.writeHead(200, { "content-type": "application/json" }).end(written(answer));
      });
    });
    server.on("connection", (socket) => {
      open.add(socket);
      socket.once("close", () => open.delete(socket));
    });
    return { server, open };
  }

  #answer(call: string, query: URLSearchParams, body: unknown): object | "cut" {
    const disturbance = this.#disturbances.find((each) => each.call === call && each.times > 0);
    if (disturbance !== undefined) {
      disturbance.times -= 1;
      return disturbance.answer;
    }
    if (call === "gettoken") return this.#giveToken(query);
    const token = this.#tokens.get(query.get("access_token") ?? "");
    if (!query.has("access_token")) return { errcode: 41_001, errmsg: "access_token missing" };
    if (token === undefined) return { errcode: 40_014, errmsg: "invalid access_token" };
    if (this.#now() >= token.until) return { errcode: 42_001, errmsg: "access_token expired" };
    const perform = this.#calls.get(call);
    return perform === undefined
      ? { httpStatus: 404 }
      : perform(this.#company, { query, body, as: token.as });
  }

  readonly #calls = new Map([
    ["department/list", departmentList],
    ["user/list", userList],
    ["user/list_id", userListId],
    ["message/send", messageSend((message) => this.cards.push(message))],
  ]);

  #giveToken(query: URLSearchParams): object {
    const { corpId, appSecret, contactsSecret } = this.#company;
    if (query.get("corpid") !== corpId) return { errcode: 40_013, errmsg: "invalid corpid" };
    const secret = query.get("corpsecret");
    if (secret !== appSecret && secret !== contactsSecret)
      return { errcode: 40_001, errmsg: "invalid credential" };
    this.#issued += 1;
    const access_token = `token-${this.#issued}-${"x".repeat(64)}`;
    const expires_in = 7_200;
    const as = secret === appSecret ? "app" : "contacts";
    this.#tokens.set(access_token, { as, until: this.#now() + expires_in * 1_000 });
    return { errcode: 0, errmsg: "ok", access_token, expires_in };
  }

  #now(): number {
    return Date.parse(this.#clock.now());
  }
}

const written = (answer: object): string => JSON.stringify(answer).replace(/"#bare:(\d+)"/g, "$1");

const bodyOf = async (request: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString("utf8");
  return text === "" ? undefined : JSON.parse(text);
};
