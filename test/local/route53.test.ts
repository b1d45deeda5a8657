import { Resolver } from "node:dns/promises";
import {
  type Change,
  ChangeResourceRecordSetsCommand,
  CreateHostedZoneCommand,
  GetChangeCommand,
  GetHostedZoneCommand,
  ListHostedZonesByNameCommand,
  ListResourceRecordSetsCommand,
  Route53Client,
} from "@aws-sdk/client-route-53";
import { describe, expect, it } from "vitest";
import { Route53ChangeEvent } from "../../events/route53-change.ts";
import { type EventToPublish, envelope } from "../../infra/local/services/events/event.ts";
import { openRoute53 } from "../../infra/local/services/route53/route53.ts";
import { countingMetering } from "../support/counting-metering.ts";
import { directoryOfTest } from "../support/directory-of-test.ts";
import { clientOf, serveOnLoopback } from "../support/loopback-service.ts";

const old = { name: "example.test", type: "MX", ttl: 300, values: ["10 mx.old.test."] } as const;

const open = async (dataDir: string) => {
  const published: EventToPublish[] = [];
  const service = await openRoute53({
    dataDir,
    region: "eu-central-1",
    accountId: "000000000000",
    metering: countingMetering(),
    publish: async (event) => void published.push(event),
  });
  const HostedZoneId = service.createHostedZone({ name: "Example.test.", records: [old] });
  const resolver = new Resolver({ timeout: 2_000, tries: 1 });
  resolver.setServers([service.dnsAddress]);
  const served = await serveOnLoopback(service);
  const client = new Route53Client(clientOf(served));
  const change = (...Changes: Change[]) =>
    client.send(new ChangeResourceRecordSetsCommand({ HostedZoneId, ChangeBatch: { Changes } }));
  return {
    client,
    change,
    published,
    HostedZoneId,
    mx: async () =>
      (await resolver.resolveMx("example.test"))
        .map(({ priority, exchange }) => ({ priority, exchange }))
        .toSorted((a, b) => a.priority - b.priority),
    [Symbol.asyncDispose]: () => served.stop(),
  };
};

const changeOf = (
  Action: "CREATE" | "DELETE" | "UPSERT",
  Name: string,
  Type: "MX" | "TXT" | "CNAME" | "A" | "NS" | "SOA",
  ...values: string[]
): Change => ({
  Action,
  ResourceRecordSet: { Name, Type, TTL: 300, ResourceRecords: values.map((Value) => ({ Value })) },
});

const upsert = changeOf("UPSERT", "example.test", "MX", "5 mxbiz1.qq.com.", "10 mxbiz2.qq.com.");
const exchanges = [
  { priority: 5, exchange: "mxbiz1.qq.com" },
  { priority: 10, exchange: "mxbiz2.qq.com" },
];

describe("Route 53", () => {
  it("changes the records that its name server answers, and they stay after a restart", async () => {
    const directory = await directoryOfTest();
    const before = await open(directory);
    expect(await before.mx()).toEqual([{ priority: 10, exchange: "mx.old.test" }]);
    const { ChangeInfo } = await before.change(upsert);
    expect(ChangeInfo).toMatchObject({ Status: "PENDING" });
    expect(await before.mx()).toEqual(exchanges);
    const again = await before.client.send(new GetChangeCommand({ Id: ChangeInfo?.Id }));
    expect(again.ChangeInfo?.Status).toBe("INSYNC");
    await before[Symbol.asyncDispose]();

    await using after = await open(directory);
    expect(await after.mx()).toEqual(exchanges);
    expect(after.HostedZoneId).toBe(before.HostedZoneId);
  });

  it("finds the zone by its name and lists its record sets, a page at a time", async () => {
    await using opened = await open(await directoryOfTest());
    const { HostedZones } = await opened.client.send(
      new ListHostedZonesByNameCommand({ DNSName: "example.test" }),
    );
    expect(HostedZones).toMatchObject([{ Id: `/hostedzone/${opened.HostedZoneId}`, Name: "example.test." }]);
    const { HostedZoneId } = opened;
    const zone = await opened.client.send(new GetHostedZoneCommand({ Id: HostedZoneId }));
    expect(zone.DelegationSet?.NameServers).toEqual(["ns1.example.test"]);
    await opened.change(changeOf("CREATE", "a.example.test", "TXT", '"<a & b>"'));
    const list = (more: object) =>
      opened.client.send(new ListResourceRecordSetsCommand({ HostedZoneId, MaxItems: 2, ...more }));
    const first = await list({});
    expect(first.ResourceRecordSets?.map(({ Type }) => Type)).toEqual(["MX", "NS"]);
    const rest = await list({
      StartRecordName: first.NextRecordName,
      StartRecordType: first.NextRecordType,
    });
    expect(rest.ResourceRecordSets?.map(({ Type }) => Type)).toEqual(["SOA", "TXT"]);
    expect(rest.ResourceRecordSets?.[1]?.ResourceRecords).toEqual([{ Value: '"<a & b>"' }]);
    expect(rest.IsTruncated).toBe(false);
  });

  it("publishes the event that CloudTrail would, which the pipeline's rule and schema read", async () => {
    await using opened = await open(await directoryOfTest());
    await opened.change(upsert);
    const [event] = opened.published;
    expect(event?.detail).toMatchObject({
      eventName: "ChangeResourceRecordSets",
      requestParameters: {
        hostedZoneId: opened.HostedZoneId,
        changeBatch: {
          changes: [
            {
              action: "UPSERT",
              resourceRecordSet: {
                name: "example.test.",
                type: "MX",
                tTL: 300,
                resourceRecords: [{ value: "5 mxbiz1.qq.com." }, { value: "10 mxbiz2.qq.com." }],
              },
            },
          ],
        },
      },
    });
    expect(event).toBeDefined();
    if (event === undefined) return;
    const delivered = envelope(event, { region: "eu-central-1", accountId: "0", now: 0 });
    expect(Route53ChangeEvent.safeParse(delivered).success).toBe(true);
  });

  it.each([
    ["creates what exists", [changeOf("CREATE", "example.test", "MX", "1 a.test.")], "already exists"],
    ["deletes what is not there", [changeOf("DELETE", "b.example.test", "A", "127.0.0.1")], "not found"],
    ["deletes other values", [changeOf("DELETE", "example.test", "MX", "10 other.test.")], "do not match"],
    ["leaves the zone", [changeOf("CREATE", "other.test", "A", "127.0.0.1")], "not permitted in zone"],
    ["has an unusable value", [changeOf("UPSERT", "example.test", "MX", "mxbiz1.qq.com.")], "MX value"],
    ["puts an alias beside others", [changeOf("CREATE", "example.test", "CNAME", "a.test.")], "conflicts"],
  ])("makes no change at all when one of a batch %s", async (_name, wrong, words) => {
    await using opened = await open(await directoryOfTest());
    const good = changeOf("CREATE", "good.example.test", "A", "127.0.0.1");
    await expect(opened.change(good, ...wrong)).rejects.toMatchObject({
      name: "InvalidChangeBatch",
      message: expect.stringContaining(words),
    });
    const { HostedZoneId } = opened;
    const { ResourceRecordSets } = await opened.client.send(
      new ListResourceRecordSetsCommand({ HostedZoneId }),
    );
    expect(ResourceRecordSets?.map(({ Type }) => Type)).toEqual(["MX", "NS", "SOA"]);
    expect(opened.published).toEqual([]);
  });

  it("replaces a set by deleting and creating it in one batch", async () => {
    await using opened = await open(await directoryOfTest());
    await opened.change(
      changeOf("DELETE", "example.test", "MX", "10 mx.old.test."),
      changeOf("CREATE", "example.test", "MX", "5 mxbiz1.qq.com.", "10 mxbiz2.qq.com."),
    );
    expect(await opened.mx()).toEqual(exchanges);
  });

  it("refuses what it does not serve, by name", async () => {
    await using opened = await open(await directoryOfTest());
    const { HostedZoneId } = opened;
    const weighted = changeOf("CREATE", "w.example.test", "A", "127.0.0.1");
    const set = {
      ...weighted.ResourceRecordSet,
      Name: "w",
      Type: "A" as const,
      Weight: 1,
      SetIdentifier: "x",
    };
    await expect(opened.change({ ...weighted, ResourceRecordSet: set })).rejects.toMatchObject({
      name: "InvalidInput",
    });
    const start = { HostedZoneId, StartRecordName: "a", StartRecordIdentifier: "x" };
    await expect(opened.client.send(new ListResourceRecordSetsCommand(start))).rejects.toThrow(/identifier/);
    await expect(
      opened.client.send(new CreateHostedZoneCommand({ Name: "b.test", CallerReference: "1" })),
    ).rejects.toMatchObject({ name: "UnknownOperationException" });
    await expect(opened.client.send(new GetHostedZoneCommand({ Id: "ZNONE" }))).rejects.toMatchObject({
      name: "NoSuchHostedZone",
    });
    await expect(opened.client.send(new GetChangeCommand({ Id: "CNONE" }))).rejects.toMatchObject({
      name: "NoSuchChange",
    });
  });
});
