import { z } from "zod";
import { type JsonOperation, operation, ServiceError } from "../json-protocol.ts";
import type { BusEvent, EventToPublish } from "./event.ts";

/** Accepts an event for a bus and gives its id, or says that there is no such bus. */
export type Accept = (event: EventToPublish, bus: string) => BusEvent | undefined;

/**
 * PutEvents (https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html). Each entry succeeds or fails
 * by itself; an `EventId` in the answer means that the event is in the journal.
 */
export const putEvents = (accept: Accept, accepted: (count: number) => void): JsonOperation =>
  operation(z.strictObject({ Entries: z.array(entryShape).min(1).max(10) }), ({ Entries }) => {
    const size = Buffer.byteLength(JSON.stringify(Entries));
    if (size > MAXIMUM_BYTES) {
      throw new ServiceError(
        "ValidationException",
        `Total size of the entries is over ${MAXIMUM_BYTES} bytes`,
      );
    }
    const results = Entries.map((entry) => put(entry, accept));
    const failed = results.filter((result) => "ErrorCode" in result).length;
    if (failed < results.length) accepted(results.length - failed);
    return { FailedEntryCount: failed, Entries: results };
  });

const MAXIMUM_BYTES = 262_144;

const entryShape = z.strictObject({
  Source: z.string().optional(),
  DetailType: z.string().optional(),
  Detail: z.string().optional(),
  EventBusName: z.string().default("default"),
  Resources: z.array(z.string()).optional(),
  Time: z.number().optional(),
});

const put = (entry: z.output<typeof entryShape>, accept: Accept) => {
  const { Source, DetailType, Detail, EventBusName, Resources, Time } = entry;
  if (!Source || !DetailType || Detail === undefined) {
    return failure("InvalidArgument", "Source, DetailType and Detail are required");
  }
  if (Source.startsWith("aws.")) {
    return failure("NotAuthorizedForSourceException", `Not authorized for the source ${Source}`);
  }
  const detail = detailOf(Detail);
  if (detail === undefined) return failure("MalformedDetail", "Detail is malformed");
  const event: EventToPublish = {
    source: Source,
    detailType: DetailType,
    detail,
    ...(Resources === undefined ? {} : { resources: Resources }),
    ...(Time === undefined ? {} : { time: Time * 1_000 }),
  };
  const accepted = accept(event, EventBusName);
  return accepted === undefined
    ? failure("ResourceNotFoundException", `Event bus ${EventBusName} does not exist`)
    : { EventId: accepted.id };
};

const failure = (ErrorCode: string, ErrorMessage: string) => ({ ErrorCode, ErrorMessage });

const detailOf = (text: string): object | undefined => {
  try {
    return z.record(z.string(), z.json()).safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};
