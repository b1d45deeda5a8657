import { z } from "zod";

/**
 * A request to the members' password page, as an HTTP API hands it to a function (API Gateway, payload format 2.0; header names are
 * lower case there). Only what is used of it is read.
 */
export const MemberPageRequest = z.object({
  version: z.literal("2.0"),
  headers: z.record(z.string(), z.string()),
  queryStringParameters: z.record(z.string(), z.string()).optional(),
  /** Of the route `/m/{token}`. */
  pathParameters: z.object({ token: z.string() }),
  requestContext: z.object({
    domainName: z.string(),
    http: z.object({ method: z.enum(["GET", "POST"]) }),
  }),
  body: z.string().optional(),
  isBase64Encoded: z.boolean(),
});
export type MemberPageRequest = z.infer<typeof MemberPageRequest>;
