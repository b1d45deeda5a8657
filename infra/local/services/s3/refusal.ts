import type { ServiceAnswer } from "../service.ts";
import { element, xmlDocument } from "../xml.ts";

/** An error of S3 (https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html). */
export class S3Refusal extends Error {
  override readonly name = "S3Refusal";
  readonly code: string;
  readonly status: number;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** Something S3 has and the local one has not; better refused than taken for done. */
export const notImplemented = (what: string): S3Refusal =>
  new S3Refusal(
    501,
    "NotImplemented",
    `${what} is not supported by the local S3 (see infra/local/SUPPORT.md)`,
  );

/** An answer to HEAD has no body; the SDK then goes by the status. */
export const answerOfRefusal = (refusal: S3Refusal, method: string): ServiceAnswer => ({
  status: refusal.status,
  headers: { "content-type": "application/xml" },
  body:
    method === "HEAD"
      ? ""
      : xmlDocument(element("Error", [element("Code", refusal.code), element("Message", refusal.message)])),
});
