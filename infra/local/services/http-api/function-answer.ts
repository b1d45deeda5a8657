import { z } from "zod";

/** What goes back to the client. */
export interface HttpApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer;
}

/**
 * The answer that a function's result stands for: with a `statusCode` what it says, without one a JSON document with status
 * 200 (payload format 2.0, where the format of the response is inferred). Undefined for a result with a `statusCode` that
 * makes no response.
 */
export const functionAnswer = (result: unknown): HttpApiAnswer | undefined => {
  if (!withStatusCode.safeParse(result).success) {
    return {
      status: 200,
      headers: { "content-type": "application/json" },
      body: Buffer.from(typeof result === "string" ? result : JSON.stringify(result ?? null)),
    };
  }
  const response = functionResponse.safeParse(result).data;
  if (response === undefined) return undefined;
  const { statusCode, headers, cookies, body, isBase64Encoded } = response;
  const own = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
  return {
    status: statusCode,
    headers: {
      "content-type": "text/plain;charset=UTF-8",
      ...own,
      ...(cookies.length === 0 ? {} : { "set-cookie": cookies }),
    },
    body: Buffer.from(body, isBase64Encoded ? "base64" : "utf8"),
  };
};

/** What API Gateway says of itself. */
export const gatewayAnswer = (status: number, message: string): HttpApiAnswer => ({
  status,
  headers: { "content-type": "application/json" },
  body: Buffer.from(JSON.stringify({ message })),
});

const withStatusCode = z.looseObject({ statusCode: z.unknown().refine((code) => code !== undefined) });

const functionResponse = z.object({
  statusCode: z.coerce.number().int().min(200).max(599),
  headers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  cookies: z.array(z.string()).default([]),
  body: z
    .string()
    .nullish()
    .transform((body) => body ?? ""),
  isBase64Encoded: z.boolean().default(false),
});
