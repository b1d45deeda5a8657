import { ServiceError } from "./json-protocol.ts";

/** One page of a listing and the token of the next; a token is the offset, opaque to callers. */
export const page = <Item>(
  items: readonly Item[],
  token: string | undefined,
  size: number,
): { readonly items: readonly Item[]; readonly nextToken: string | undefined } => {
  const from = token === undefined ? 0 : offsetOf(token);
  const to = from + size;
  return {
    items: items.slice(from, to),
    nextToken: to < items.length ? Buffer.from(String(to)).toString("base64url") : undefined,
  };
};

/** The offset that a token of {@link page} stands for. */
export const offsetOf = (token: string): number => {
  const text = Buffer.from(token, "base64url").toString("utf8");
  if (!/^\d{1,9}$/.test(text))
    throw new ServiceError("InvalidToken", "nextToken was not given by this service");
  return Number(text);
};
