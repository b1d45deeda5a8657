import type { RecordSet } from "../../dns/records.ts";
import { startZoneServer } from "../../dns/zone-server.ts";
import type { Metering } from "../../metering.ts";
import type { EventToPublish } from "../events/event.ts";
import type { LocalService, ServiceAnswer, ServiceRequest } from "../service.ts";
import { answerError, answerXml, changeInfo } from "./answers.ts";
import { readChangeRequest } from "./change-request.ts";
import { changeEvent } from "./cloudtrail.ts";
import { Route53Error } from "./errors.ts";
import { type HostedZones, openHostedZones } from "./hosted-zones.ts";
import { getChange, getHostedZone, listHostedZonesByName, listResourceRecordSets } from "./operations.ts";

export interface Route53Options {
  /** The directory for this service's own state. */
  readonly dataDir: string;
  readonly region: string;
  readonly accountId: string;
  /** Puts an event on the default bus. */
  readonly publish: (event: EventToPublish) => Promise<void>;
  /** Taken so that every service opens alike; Route 53 bills zones and public queries, not requests. */
  readonly metering: Metering;
  /** The name server's port. @default a free one */
  readonly dnsPort?: number;
}

/** Route 53 with a name server that answers from its zones. */
export interface Route53 extends LocalService {
  /** Where the zones are answered from: `127.0.0.1:port`. */
  readonly dnsAddress: string;
  /** Makes a zone and gives its id; one that is there stays as it stands. @throws Route53Error `InvalidChangeBatch`. */
  createHostedZone(zone: { readonly name: string; readonly records: readonly RecordSet[] }): string;
}

export const openRoute53 = async (options: Route53Options): Promise<Route53> => {
  const zones = openHostedZones(options.dataDir);
  const nameServer = await startZoneServer({
    zones: zones.list(),
    ...(options.dnsPort === undefined ? {} : { port: options.dnsPort }),
  });
  const serve = (id: string): void => {
    const { name, records } = zones.get(id);
    nameServer.setRecords(name, records);
  };
  const change = async (zoneId: string, body: string): Promise<ServiceAnswer> => {
    const { comment, changes } = readChangeRequest(body);
    const submitted = zones.change(zoneId, changes, Date.now());
    serve(zoneId);
    const { accountId } = options;
    await options.publish(changeEvent({ zoneId, comment, changes, change: submitted, accountId }));
    return answerXml("ChangeResourceRecordSetsResponse", [changeInfo(submitted, "PENDING")]);
  };
  return {
    signingName: "route53",
    dnsAddress: nameServer.address,
    createHostedZone: ({ name, records }) => {
      const { id } = zones.create(name, records);
      serve(id);
      return id;
    },
    answer: async (request) => {
      try {
        return await route(request, zones, change);
      } catch (thrown) {
        if (thrown instanceof Route53Error) return answerError(thrown);
        const message = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
        return { ...answerError(new Route53Error("InternalFailure", message)), status: 500 };
      }
    },
    stop: async () => {
      await nameServer.stop();
      zones.close();
    },
  };
};

/** The REST paths of API version 2013-04-01. */
const route = async (
  { method, url, body }: ServiceRequest,
  zones: HostedZones,
  change: (zoneId: string, body: string) => Promise<ServiceAnswer>,
): Promise<ServiceAnswer> => {
  const { pathname, searchParams } = new URL(url, "http://route53.local");
  const [version, resource, id = "", part, ...more] = pathname.split("/").filter((step) => step !== "");
  const asked = [method, version, resource, id === "" ? "" : "{id}", part ?? "", ...more].join(" ").trim();
  switch (asked) {
    case "GET 2013-04-01 hostedzonesbyname":
      return listHostedZonesByName(zones, searchParams);
    case "GET 2013-04-01 hostedzone {id}":
      return getHostedZone(zones, id);
    case "GET 2013-04-01 hostedzone {id} rrset":
      return listResourceRecordSets(zones, id, searchParams);
    case "POST 2013-04-01 hostedzone {id} rrset":
      return change(id, body.toString("utf8"));
    case "GET 2013-04-01 change {id}":
      return getChange(zones, id);
    default:
      throw new Route53Error("UnknownOperationException", `${method} ${pathname} is not served here`);
  }
};
