import { Resolver } from "node:dns/promises";
import { TCPClient } from "dns2";
import { describe, expect, it, onTestFinished } from "vitest";
import type { RecordSet } from "../../infra/local/dns/records.ts";
import { startZoneServer } from "../../infra/local/dns/zone-server.ts";

const records: readonly RecordSet[] = [
  { name: "example.test", type: "MX", ttl: 60, values: ["5 a.example.test.", "10 b.example.test."] },
  { name: "example.test", type: "TXT", ttl: 60, values: ['"v=spf1 include:spf.mail.qq.com " "~all"'] },
  { name: "a.example.test", type: "A", ttl: 60, values: ["127.0.0.1"] },
  { name: "a.example.test", type: "AAAA", ttl: 60, values: ["::1"] },
  { name: "mail.example.test", type: "CNAME", ttl: 60, values: ["a.example.test."] },
  { name: "deep.empty.example.test", type: "A", ttl: 60, values: ["127.0.0.2"] },
];

const start = async () => {
  const server = await startZoneServer({ zones: [{ name: "example.test", records }] });
  onTestFinished(() => server.stop());
  const resolver = new Resolver({ timeout: 200, tries: 1 });
  resolver.setServers([server.address]);
  return { server, resolver };
};

describe("the zone server", () => {
  it("answers every type it knows, whatever the case of the name", async () => {
    const { resolver } = await start();
    expect(await resolver.resolveMx("EXAMPLE.test")).toMatchObject([
      { priority: 5, exchange: "a.example.test" },
      { priority: 10, exchange: "b.example.test" },
    ]);
    expect(await resolver.resolveTxt("example.test")).toEqual([["v=spf1 include:spf.mail.qq.com ", "~all"]]);
    expect(await resolver.resolve4("mail.example.test")).toEqual(["127.0.0.1"]);
    expect(await resolver.resolve6("a.example.test")).toEqual(["::1"]);
    expect(await resolver.resolveCname("mail.example.test")).toEqual(["a.example.test"]);
    expect(await resolver.resolveNs("example.test")).toEqual(["ns1.example.test"]);
    expect(await resolver.resolveSoa("example.test")).toMatchObject({
      nsname: "ns1.example.test",
      serial: 1,
    });
  });

  it("answers over TCP on the same port", async () => {
    const { server } = await start();
    const answer = await TCPClient({ dns: "127.0.0.1", port: server.port })("example.test", "MX");
    expect(answer.answers).toHaveLength(2);
    expect(answer.header.aa).toBe(1);
  });

  it("tells a name without records of a type from a name that does not exist, and both from a foreign zone", async () => {
    const { resolver } = await start();
    await expect(resolver.resolveMx("a.example.test")).rejects.toMatchObject({ code: "ENODATA" });
    await expect(resolver.resolve4("empty.example.test")).rejects.toMatchObject({ code: "ENODATA" });
    await expect(resolver.resolve4("none.example.test")).rejects.toMatchObject({ code: "ENOTFOUND" });
    await expect(resolver.resolve4("other.test")).rejects.toMatchObject({ code: "EREFUSED" });
  });

  it("answers the next question from records set while it runs, and from the old ones when the new are unusable", async () => {
    const { server, resolver } = await start();
    const mx: RecordSet = { name: "example.test", type: "MX", ttl: 60, values: ["5 mxbiz1.qq.com."] };
    server.setRecords("example.test", [mx]);
    expect(await resolver.resolveMx("example.test")).toMatchObject([
      { priority: 5, exchange: "mxbiz1.qq.com" },
    ]);
    expect(() => server.setRecords("example.test", [{ ...mx, values: ["five"] }])).toThrow(/five/);
    expect(await resolver.resolveMx("example.test")).toHaveLength(1);
  });

  it.each([
    ["refuse", "EREFUSED"],
    ["servfail", "ESERVFAIL"],
    ["silent", "ETIMEOUT"],
  ] as const)("misbehaves as asked: %s", async (fault, code) => {
    const { server, resolver } = await start();
    server.setFault(fault);
    await expect(resolver.resolveMx("example.test")).rejects.toMatchObject({ code });
    server.setFault("none");
    expect(await resolver.resolveMx("example.test")).toHaveLength(2);
  });
});
