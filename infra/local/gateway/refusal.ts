import type { ServiceAnswer } from "../services/service.ts";
import { element, xmlDocument } from "../services/xml.ts";

/** Services whose SDK reads errors as XML; the others read JSON. */
const speaksXml = new Set(["s3", "route53", "cloudformation"]);

/** What the gateway itself has to say, in the protocol of the service that was asked. */
export const gatewayRefusal = (
  service: string | undefined,
  status: number,
  code: string,
  message: string,
): ServiceAnswer => {
  if (service !== undefined && speaksXml.has(service)) {
    const error = element("Error", [
      element("Type", "Sender"),
      element("Code", code),
      element("Message", message),
    ]);
    return {
      status,
      headers: { "content-type": "application/xml" },
      body: xmlDocument(service === "s3" ? error : element("ErrorResponse", [error])),
    };
  }
  return {
    status,
    headers: { "content-type": "application/json", "x-amzn-errortype": code },
    body: JSON.stringify({ __type: code, message }),
  };
};
