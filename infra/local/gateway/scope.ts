import type { IncomingHttpHeaders } from "node:http";

/** Who signed a request, and for which service. */
export interface CredentialScope {
  readonly accessKeyId: string;
  /** The SigV4 signing name, e.g. `sqs`. */
  readonly service: string;
}

/**
 * The credential scope of a signed request: in the `Authorization` header, or in the query of a presigned URL
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-signing-elements.html). Undefined when there is none.
 */
export const credentialScope = (url: string, headers: IncomingHttpHeaders): CredentialScope | undefined => {
  const header = /^AWS4-HMAC-SHA256 Credential=([^,\s]+)/.exec(headers.authorization ?? "")?.[1];
  const credential =
    header ?? new URL(url, "http://127.0.0.1").searchParams.get("X-Amz-Credential") ?? undefined;
  const [accessKeyId, date, region, service, terminator, ...more] = (credential ?? "").split("/");
  const isWhole = date !== undefined && region !== undefined && terminator === "aws4_request";
  return isWhole && accessKeyId !== undefined && service !== undefined && more.length === 0
    ? { accessKeyId, service }
    : undefined;
};
