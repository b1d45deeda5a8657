import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { bootLocalCloud, type LocalCloud } from "../../infra/local/cloud.ts";
import { TemplateUnsupported } from "../../infra/local/template/problems.ts";
import { bootHttpApi, httpApiFixture } from "../support/http-api-fixture.ts";
import { type RawAnswer, type RawRequest, rawRequest } from "../support/raw-request.ts";

const ask = (cloud: LocalCloud, path: string, asked?: RawRequest): Promise<RawAnswer> =>
  rawRequest(cloud.outputs.ApiEndpoint ?? "", path, asked);

/** What the function of the fixture was given. */
const eventOf = async (answer: Promise<RawAnswer>) => Event.parse(JSON.parse((await answer).body));

const Event = z.looseObject({
  routeKey: z.string(),
  rawPath: z.string(),
  headers: z.record(z.string(), z.string()),
  requestContext: z.looseObject({}),
  isBase64Encoded: z.boolean(),
});

describe("what a function is given of a request", () => {
  it("is payload format 2.0, with the route, the path variables and who asked", async () => {
    const cloud = await bootHttpApi();
    const event = await eventOf(
      ask(cloud, "/m/tok_en-1?a=1&a=2&b=%20x", { headers: { "user-agent": "test" } }),
    );
    expect(event).toMatchObject({
      version: "2.0",
      routeKey: "GET /m/{token}",
      rawPath: "/m/tok_en-1",
      rawQueryString: "a=1&a=2&b=%20x",
      queryStringParameters: { a: "1,2", b: " x" },
      pathParameters: { token: "tok_en-1" },
      isBase64Encoded: false,
      requestContext: {
        accountId: "000000000000",
        apiId: expect.stringMatching(/^[0-9a-f]{10}$/),
        domainName: new URL(cloud.outputs.ApiEndpoint ?? "").host,
        http: {
          method: "GET",
          path: "/m/tok_en-1",
          protocol: "HTTP/1.1",
          sourceIp: "127.0.0.1",
          userAgent: "test",
        },
        requestId: expect.any(String),
        routeKey: "GET /m/{token}",
        stage: "$default",
        time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
        timeEpoch: expect.any(Number),
      },
    });
    expect(event).not.toHaveProperty("body");
    expect(event).not.toHaveProperty("cookies");
  });

  it("has its headers in lower case and joined by commas, and cookies apart from them", async () => {
    const cloud = await bootHttpApi();
    const headers = { "X-One": ["1", "2"], Cookie: "a=1; b=2", "Accept-Language": "zh-CN" };
    const event = await eventOf(ask(cloud, "/m/token", { headers }));
    expect(event.headers).toMatchObject({ "x-one": "1,2", "accept-language": "zh-CN" });
    expect(event.headers).not.toHaveProperty("cookie");
    expect(event).toHaveProperty("cookies", ["a=1", "b=2"]);
  });

  it("has a path that is percent-decoded, whatever that makes of it", async () => {
    const cloud = await bootHttpApi();
    expect(await eventOf(ask(cloud, "/static/%E6%96%87%2Fb.css"))).toMatchObject({
      routeKey: "GET /static/{file+}",
      rawPath: "/static/文/b.css",
      pathParameters: { file: "文/b.css" },
    });
    expect(await ask(cloud, "/m/%FF")).toMatchObject({ status: 400 });
  });

  it.each([
    ["text", "text/plain", "ü", { body: "ü", isBase64Encoded: false }],
    ["JSON", "application/json; charset=utf-8", "{}", { body: "{}", isBase64Encoded: false }],
    [
      "a form, in base64",
      "application/x-www-form-urlencoded",
      "password=a%20b",
      { body: Buffer.from("password=a%20b").toString("base64"), isBase64Encoded: true },
    ],
    [
      "bytes, in base64",
      "application/octet-stream",
      Buffer.from([0xff, 0x00]),
      { body: "/wA=", isBase64Encoded: true },
    ],
  ])("has a body of %s", async (_what, type, body, expected) => {
    const cloud = await bootHttpApi();
    const headers = { "content-type": type };
    expect(await eventOf(ask(cloud, "/m/token", { method: "POST", headers, body }))).toMatchObject(expected);
  });
});

describe("the answer", () => {
  const answered = async (result: unknown): Promise<RawAnswer> => {
    const cloud = await bootHttpApi();
    return ask(cloud, "/answer", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(result),
    });
  };

  it("is what the function says: status, headers, cookies and body", async () => {
    const answer = await answered({
      statusCode: 403,
      headers: { "Content-Type": "text/html; charset=utf-8", "X-Count": 1 },
      cookies: ["a=1; HttpOnly", "b=2"],
      body: "<p>no</p>",
    });
    expect(answer).toMatchObject({
      status: 403,
      body: "<p>no</p>",
      headers: {
        "content-type": "text/html; charset=utf-8",
        "x-count": "1",
        "set-cookie": ["a=1; HttpOnly", "b=2"],
        "apigw-requestid": expect.any(String),
      },
    });
  });

  it("is decoded from base64 where the function says so", async () => {
    const body = Buffer.from("decoded").toString("base64");
    expect(await answered({ statusCode: 200, body, isBase64Encoded: true })).toMatchObject({
      body: "decoded",
    });
  });

  it.each([
    ["an object", { message: "hello" }, '{"message":"hello"}'],
    ["a text", "hello", "hello"],
    ["nothing", null, "null"],
  ])("is 200 and JSON for %s without a status", async (_what, result, body) => {
    const answer = await answered(result);
    expect(answer).toMatchObject({ status: 200, body, headers: { "content-type": "application/json" } });
  });

  it.each([
    ["a status that is none", { statusCode: "many" }],
    ["a body that is no text", { statusCode: 200, body: { a: 1 } }],
    ["a header that HTTP cannot carry", { statusCode: 200, headers: { "x-bad": "a\r\nset-cookie: b" } }],
  ])("is an internal error for %s", async (_what, result) => {
    const answer = await answered(result);
    expect(answer).toMatchObject({ status: 500, body: '{"message":"Internal Server Error"}' });
    expect(answer.headers).not.toHaveProperty("set-cookie");
  });

  it("is an internal error when the function throws, without its words", async () => {
    const answer = await answered({ throw: "the words" });
    expect(answer).toMatchObject({ status: 500, body: '{"message":"Internal Server Error"}' });
  });

  it("is that the service is unavailable when the function takes longer than its integration allows", async () => {
    expect(await ask(await bootHttpApi(), "/hang")).toMatchObject({
      status: 503,
      body: '{"message":"Service Unavailable"}',
    });
  });
});

describe("a request", () => {
  it("is answered by the most specific route, and by none with 404", async () => {
    const cloud = await bootHttpApi();
    const keyOf = async (path: string) => (await eventOf(ask(cloud, path))).routeKey;
    expect(await keyOf("/m/help")).toBe("GET /m/help");
    expect(await keyOf("/m/other")).toBe("GET /m/{token}");
    expect(await keyOf("/static/a/b")).toBe("GET /static/{file+}");
    for (const path of ["/", "/m", "/m/", "/m/a/b", "/static/"]) {
      expect(await ask(cloud, path)).toMatchObject({ status: 404, body: '{"message":"Not Found"}' });
    }
    expect(await ask(cloud, "/m/token", { method: "DELETE" })).toMatchObject({ status: 404 });
  });

  it("gets no further than the throttle of the stage, which lets a burst through", async () => {
    const cloud = await bootHttpApi({ burst: 3, rate: 0.001 });
    const statuses: number[] = [];
    for (let sent = 0; sent < 5; sent += 1) statuses.push((await ask(cloud, "/m/token")).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
  });

  it("with a Host that is not this machine is refused, as a page with a rebound name would send it", async () => {
    const cloud = await bootHttpApi();
    expect(await ask(cloud, "/m/token", { headers: { host: "evil.example" } })).toMatchObject({
      status: 403,
    });
  });

  it("is refused when its body or its head is larger than the quotas", async () => {
    const cloud = await bootHttpApi();
    const body = Buffer.alloc(10_000_001);
    expect(await ask(cloud, "/m/token", { method: "POST", body })).toMatchObject({ status: 413 });
    const headers = { "x-large": "x".repeat(10_240) };
    expect(await ask(cloud, "/m/token", { headers })).toMatchObject({ status: 431 });
  });

  it("stands in the access log as the template's format says, and only so", async () => {
    const fixture = await httpApiFixture();
    const cloud = await bootHttpApi({}, fixture);
    await ask(cloud, "/m/secret-token?also=secret-query", {
      headers: { referer: "http://x.example/secret-page" },
    });
    const log = await readFile(join(fixture.dataDir, "logs/http-api.log"), "utf8");
    expect(JSON.parse(log)).toEqual({
      route: "GET /m/{token}",
      status: "200",
      ip: "127.0.0.1",
      unknown: "-",
    });
    expect(log).not.toContain("secret");
  });

  it("is counted for its price, once for every 512 KB", async () => {
    const cloud = await bootHttpApi();
    await ask(cloud, "/m/token");
    await ask(cloud, "/answer", {
      method: "POST",
      headers: { "content-type": "text/plain" },
      body: `"${"x".repeat(600_000)}"`,
    });
    expect(cloud.metering.readings().httpApiRequests).toBe(1 + 3);
  });
});

describe("the listener", () => {
  it("is where it was at the last boot, because links have been sent", async () => {
    const fixture = await httpApiFixture();
    const before = await bootHttpApi({}, fixture);
    await before.stop();
    const after = await bootHttpApi({}, fixture);
    expect(after.outputs.ApiEndpoint).toBe(before.outputs.ApiEndpoint);
    expect(after.outputs.ApiEndpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it("serves one HTTP API; a template with two is refused", async () => {
    const { assembly, dataDir } = await httpApiFixture({ apis: 2 });
    await expect(bootLocalCloud({ assembly, dataDir })).rejects.toThrow(TemplateUnsupported);
  });
});
