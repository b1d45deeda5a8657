import {
  ChangeResourceRecordSetsCommand,
  ListHostedZonesByNameCommand,
  Route53Client,
} from "@aws-sdk/client-route-53";
import type { LocalCloud } from "../cloud.ts";
import { mxRecords, newMx } from "./demo-zone.ts";

/** Does what the company's administrator does in the end: sets the new MX records, through Route 53's own API. */
export const changeMx = async (cloud: LocalCloud, domain: string): Promise<void> => {
  const { endpoint, region, credentials } = cloud;
  const route53 = new Route53Client({ endpoint, region, credentials });
  const { HostedZones = [] } = await route53.send(
    new ListHostedZonesByNameCommand({ DNSName: domain, MaxItems: 1 }),
  );
  const { name, ttl, values } = mxRecords(domain, newMx);
  await route53.send(
    new ChangeResourceRecordSetsCommand({
      HostedZoneId: HostedZones[0]?.Id,
      ChangeBatch: {
        Changes: [
          {
            Action: "UPSERT",
            ResourceRecordSet: {
              Name: name,
              Type: "MX",
              TTL: ttl,
              ResourceRecords: values.map((Value) => ({ Value })),
            },
          },
        ],
      },
    }),
  );
};
