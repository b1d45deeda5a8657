import { randomUUID } from "node:crypto";
import type { EventToPublish } from "../events/event.ts";
import type { Change } from "./change-batch.ts";
import type { SubmittedChange } from "./hosted-zones.ts";

/**
 * The event that CloudTrail puts on the bus for a change that was made. CloudTrail lowers the first letter of each
 * parameter, which turns `TTL` into `tTL`; names carry the root's dot.
 */
export const changeEvent = (made: {
  readonly zoneId: string;
  readonly comment: string | undefined;
  readonly changes: readonly Change[];
  readonly change: SubmittedChange;
  readonly accountId: string;
}): EventToPublish => {
  const time = new Date(made.change.submitted_at).toISOString();
  return {
    source: "aws.route53",
    detailType: "AWS API Call via CloudTrail",
    time: made.change.submitted_at,
    detail: {
      eventVersion: "1.11",
      eventTime: time,
      eventSource: "route53.amazonaws.com",
      eventName: "ChangeResourceRecordSets",
      awsRegion: "us-east-1",
      sourceIPAddress: "127.0.0.1",
      requestParameters: {
        hostedZoneId: made.zoneId,
        changeBatch: {
          ...(made.comment === undefined ? {} : { comment: made.comment }),
          changes: made.changes.map(({ action, set }) => ({
            action,
            resourceRecordSet: {
              name: `${set.name.replace(/\.$/, "")}.`,
              type: set.type,
              tTL: set.ttl,
              resourceRecords: set.values.map((value) => ({ value })),
            },
          })),
        },
      },
      responseElements: {
        changeInfo: { id: `/change/${made.change.id}`, status: "PENDING", submittedAt: time },
      },
      eventID: randomUUID(),
      readOnly: false,
      eventType: "AwsApiCall",
      managementEvent: true,
      recipientAccountId: made.accountId,
      eventCategory: "Management",
    },
  };
};
