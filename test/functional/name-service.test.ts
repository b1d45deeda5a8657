import { Packet } from "dns2";
import { afterEach, describe, expect, it } from "vitest";
import { dnsNameService } from "../../functions/adapters/dns/name-service.ts";
import type { RecordSet } from "../../infra/local/dns/records.ts";
import { startZoneServer, type ZoneServer } from "../../infra/local/dns/zone-server.ts";
import { startMisbehavingDns } from "../support/misbehaving-dns.ts";

const domain = "yunfan.example";
const names = dnsNameService({ timeoutMilliseconds: 250, tries: 2 });

const started: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.stop()));
});

const zone = async (records: readonly RecordSet[]): Promise<ZoneServer> => {
  const server = await startZoneServer({ zones: [{ name: domain, records }] });
  started.push(server);
  return server;
};

const mxSet = (...values: readonly string[]): RecordSet => ({ name: domain, type: "MX", ttl: 600, values });

/** The answer to a question: its own octets with the answer bit set and these records. */
const answerTo = (question: Buffer, change: (packet: Packet) => void): Buffer => {
  const packet = Packet.createResponseFromRequest(Packet.parse(question));
  packet.answers.push(
    Object.assign(new Packet.Resource({ name: domain, type: Packet.TYPE.MX, class: 1, ttl: 60 }), {
      priority: 1,
      exchange: "mx.forged.example",
    }),
  );
  change(packet);
  return packet.toBuffer();
};

const misbehaving = async (respond: Parameters<typeof startMisbehavingDns>[0]) => {
  const server = await startMisbehavingDns(respond);
  started.push(server);
  return server;
};

describe("a domain's MX at one server", () => {
  it("has preferences, exchanges without case or dot, and the TTL", async () => {
    const { address } = await zone([mxSet("10 MX2.Old.Example.", "5 mx1.old.example.")]);
    for (const role of ["authoritative", "resolver"] as const) {
      const observation = await names.mx("YunFan.Example", address, role);
      expect(observation).toMatchObject({ server: address, role, answer: "records" });
      expect(new Set(observation.answer === "records" ? observation.records : [])).toEqual(
        new Set([
          { preference: 10, exchange: "mx2.old.example", ttl: 600 },
          { preference: 5, exchange: "mx1.old.example", ttl: 600 },
        ]),
      );
    }
  });

  it("is asked of a server given by its name, too", async () => {
    const { port } = await zone([mxSet("5 mx1.old.example.")]);
    expect(await names.mx(domain, `localhost:${port}`, "resolver")).toMatchObject({ answer: "records" });
  });

  it("changes with the next question, because nothing is cached", async () => {
    const server = await zone([mxSet("5 mx1.old.example.")]);
    await names.mx(domain, server.address, "resolver");
    server.setRecords(domain, [mxSet("5 mxbiz1.qq.com.")]);
    expect(await names.mx(domain, server.address, "resolver")).toMatchObject({
      records: [{ exchange: "mxbiz1.qq.com" }],
    });
  });

  it("that does not fit into a datagram is asked for over TCP", async () => {
    const values = Array.from(
      { length: 40 },
      (_, number) => `${number} mx${number}.a-rather-long-name.example.`,
    );
    const { address } = await zone([mxSet(...values)]);
    const observation = await names.mx(domain, address, "authoritative");
    expect(observation.answer === "records" ? observation.records.length : 0).toBe(40);
  });

  it("behind an alias is the alias' own, with the longer of both TTLs", async () => {
    const { address } = await zone([
      { name: `mail.${domain}`, type: "CNAME", ttl: 900, values: [domain] },
      mxSet("5 mx1.old.example."),
    ]);
    expect(await names.mx(`mail.${domain}`, address, "resolver")).toMatchObject({
      records: [{ preference: 5, exchange: "mx1.old.example", ttl: 900 }],
    });
  });

  it("behind an alias that leads elsewhere is none, and says where it leads", async () => {
    const alias = {
      name: `mail.${domain}`,
      type: "CNAME",
      ttl: 900,
      values: ["mail.hosting.example"],
    } as const;
    const { address } = await zone([alias]);
    expect(await names.mx(`mail.${domain}`, address, "authoritative")).toMatchObject({
      answer: "none",
      absence: "noRecords",
      reason: expect.stringContaining("mail.hosting.example"),
    });
  });

  it("that takes no mail (RFC 7505) is a record of its own", async () => {
    const { address } = await zone([mxSet("0 .")]);
    expect(await names.mx(domain, address, "resolver")).toMatchObject({
      records: [{ preference: 0, exchange: "." }],
    });
  });

  it("is none with the reason for no records, no domain, refusal and failure", async () => {
    const server = await zone([]);
    const absence = async (name: string) => {
      const observation = await names.mx(name, server.address, "resolver");
      return observation.answer === "none" ? [observation.absence, observation.reason] : [];
    };
    expect(await absence(domain)).toEqual(["noRecords", expect.stringContaining(domain)]);
    expect(await absence(`nobody.${domain}`)).toEqual(["noSuchDomain", expect.stringContaining("nobody")]);
    expect(await absence("another.example")).toEqual(["refused", expect.stringContaining("REFUSED")]);
    server.setFault("servfail");
    expect(await absence(domain)).toEqual(["refused", expect.stringContaining("SERVFAIL")]);
  });
});

describe("a name server that does not answer as it should", () => {
  it("by silence is unreachable after the tries it has", async () => {
    const server = await misbehaving(() => []);
    expect(await names.mx(domain, server.address, "resolver")).toMatchObject({
      answer: "none",
      absence: "unreachable",
      reason: "it was silent",
    });
    expect(server.asked()).toBe(2);
  });

  it("by losing one datagram is asked again", async () => {
    const server = await misbehaving((question, earlier) =>
      earlier === 0 ? [] : [answerTo(question, () => undefined)],
    );
    expect(await names.mx(domain, server.address, "resolver")).toMatchObject({ answer: "records" });
  });

  it("by not being there is unreachable", async () => {
    const server = await startMisbehavingDns(() => []);
    await server.stop();
    expect(await names.mx(domain, server.address, "authoritative")).toMatchObject({ absence: "unreachable" });
  });

  it.each([
    [
      "with another id",
      (packet: Packet) => {
        packet.header.id = (packet.header.id ?? 0) ^ 1;
      },
    ],
    [
      "to another question",
      (packet: Packet) => {
        packet.questions = [new Packet.Question({ name: "another.example", type: Packet.TYPE.MX, class: 1 })];
      },
    ],
    [
      "that is a question itself",
      (packet: Packet) => {
        packet.header.qr = 0;
      },
    ],
  ])("by an answer %s is not believed, and the true answer behind it is", async (_what, forge) => {
    const server = await misbehaving((question) => [
      answerTo(question, forge),
      Buffer.from("no DNS at all"),
      answerTo(question, ({ answers }) => {
        for (const answer of answers) answer.exchange = "mx.true.example";
      }),
    ]);
    expect(await names.mx(domain, server.address, "resolver")).toMatchObject({
      records: [{ exchange: "mx.true.example" }],
    });
    const forger = await misbehaving((question) => [answerTo(question, forge)]);
    expect(await names.mx(domain, forger.address, "resolver")).toMatchObject({ absence: "unreachable" });
  });

  it("by a record that cannot be read has not answered at all", async () => {
    const server = await misbehaving((question) => {
      const whole = answerTo(question, () => undefined);
      return [whole.subarray(0, whole.length - 3)];
    });
    expect(await names.mx(domain, server.address, "resolver")).toMatchObject({
      absence: "unreachable",
      reason: expect.stringContaining("cannot be read"),
    });
  });

  it("by records of another name has no records for this one", async () => {
    const server = await misbehaving((question) => [
      answerTo(question, ({ answers }) => {
        for (const answer of answers) answer.name = "another.example";
      }),
    ]);
    expect(await names.mx(domain, server.address, "resolver")).toMatchObject({ absence: "noRecords" });
  });
});

describe("the authoritative servers of a domain", () => {
  const delegated: readonly RecordSet[] = [
    { name: domain, type: "NS", ttl: 300, values: [`ns1.${domain}`, `ns2.${domain}`, `gone.${domain}`] },
    { name: `ns1.${domain}`, type: "A", ttl: 300, values: ["192.0.2.1"] },
    { name: `ns2.${domain}`, type: "AAAA", ttl: 300, values: ["2001:db8::2"] },
  ];

  it("are the addresses of its name servers, over IPv6 only where there is nothing else", async () => {
    const { address } = await zone(delegated);
    expect(await names.authoritativeServers(domain, [address])).toEqual(["192.0.2.1:53", "[2001:db8::2]:53"]);
  });

  it("are those of the zone above where it is no zone of its own", async () => {
    const { address } = await zone(delegated);
    expect(await names.authoritativeServers(`mail.${domain}`, [address])).toContain("192.0.2.1:53");
  });

  it("are asked of the next resolver when the first one fails", async () => {
    const refusing = await zone(delegated);
    refusing.setFault("refuse");
    const { address } = await zone(delegated);
    expect(await names.authoritativeServers(domain, [refusing.address, address])).toContain("192.0.2.1:53");
  });

  it("cannot be told when no resolver answers, nothing is delegated, or no server has an address", async () => {
    const silent = await misbehaving(() => []);
    const failed = (server: string, name = domain) => names.authoritativeServers(name, [server]);
    await expect(failed(silent.address)).rejects.toMatchObject({
      name: "NameServerUnreachable",
      evidence: { server: silent.address, domain },
    });
    const bare = await zone([]);
    await expect(failed(bare.address)).rejects.toThrow(/none of its name servers/);
    const empty = await misbehaving((question) => [answerTo(question, (packet) => packet.answers.splice(0))]);
    await expect(failed(empty.address)).rejects.toThrow(/no name servers are delegated/);
  });
});
