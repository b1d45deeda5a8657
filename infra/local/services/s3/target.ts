import type { ServiceRequest } from "../service.ts";

/** What a request is about, path style: `/bucket/key?subresource`. */
export interface S3Target {
  readonly bucket: string;
  readonly key: string;
  readonly query: URLSearchParams;
}

/** Splits the path before decoding it, because a key may hold encoded slashes and question marks. */
export const targetOf = ({ url }: ServiceRequest): S3Target => {
  const { pathname, searchParams } = new URL(url, "http://127.0.0.1");
  const [bucket = "", ...key] = pathname.slice(1).split("/");
  const query = new URLSearchParams([...searchParams].filter(([name]) => !isCallersOwn(name)));
  return { bucket: decodeURIComponent(bucket), key: decodeURIComponent(key.join("/")), query };
};

/** `x-id` names the operation for people; `X-Amz-…` is the signature of a presigned URL. */
const isCallersOwn = (name: string): boolean => name === "x-id" || name.toLowerCase().startsWith("x-amz-");
