import type { RecordSet } from "../../dns/records.ts";
import type { ServiceAnswer } from "../service.ts";
import { element, type XmlElement, xmlDocument } from "../xml.ts";
import type { Route53Error } from "./errors.ts";
import type { HostedZone, SubmittedChange } from "./hosted-zones.ts";

/** A document of Route 53's namespace. */
export const answerXml = (name: string, content: readonly XmlElement[], status = 200): ServiceAnswer => ({
  status,
  headers: { "content-type": "text/xml" },
  body: xmlDocument(element(name, content, "https://route53.amazonaws.com/doc/2013-04-01/")),
});

export const hostedZone = ({ id, name, records }: HostedZone): XmlElement =>
  element("HostedZone", [
    element("Id", `/hostedzone/${id}`),
    element("Name", `${name}.`),
    element("CallerReference", id),
    element("Config", [element("PrivateZone", false)]),
    element("ResourceRecordSetCount", records.length),
  ]);

export const recordSet = ({ name, type, ttl, values }: RecordSet): XmlElement =>
  element("ResourceRecordSet", [
    element("Name", `${name}.`),
    element("Type", type),
    element("TTL", ttl),
    element(
      "ResourceRecords",
      values.map((value) => element("ResourceRecord", [element("Value", value)])),
    ),
  ]);

/** `PENDING` in the answer to the change, `INSYNC` when it is asked after: here every server has it at once. */
export const changeInfo = (change: SubmittedChange, status: "PENDING" | "INSYNC"): XmlElement =>
  element("ChangeInfo", [
    element("Id", `/change/${change.id}`),
    element("Status", status),
    element("SubmittedAt", new Date(change.submitted_at).toISOString()),
  ]);

/** An error as every AWS SDK reads it; several reasons stand in brackets, as Route 53 writes them. */
export const answerError = ({ name, message, status }: Route53Error): ServiceAnswer =>
  answerXml(
    "ErrorResponse",
    [element("Error", [element("Type", "Sender"), element("Code", name), element("Message", message)])],
    status,
  );
