import { z } from "zod";
import { flag, integer } from "./scalars.ts";

/** AWS::ApiGatewayV2::Api of the HTTP kind, reached at its default endpoint, without CORS and without an imported definition. */
export const httpApiProperties = z.strictObject({
  Name: z.string(),
  ProtocolType: z.literal("HTTP"),
  DisableExecuteApiEndpoint: flag.pipe(z.literal(false)).optional(),
});

export type HttpApiProperties = z.output<typeof httpApiProperties>;

/** AWS::ApiGatewayV2::Integration with a function, which is given payload format 2.0; `TimeoutInMillis` as HTTP APIs allow it. */
export const integrationProperties = z.strictObject({
  ApiId: z.string(),
  IntegrationType: z.literal("AWS_PROXY"),
  IntegrationMethod: z.literal("POST").optional(),
  IntegrationUri: z.string().regex(/^arn:aws:lambda:/, "only functions are integrated here"),
  PayloadFormatVersion: z.literal("2.0"),
  TimeoutInMillis: integer.pipe(z.number().min(50).max(30_000)).default(30_000),
});

export type IntegrationProperties = z.output<typeof integrationProperties>;

/** AWS::ApiGatewayV2::Route without an authorizer. */
export const routeProperties = z.strictObject({
  ApiId: z.string(),
  RouteKey: z.union([
    z.literal("$default"),
    z
      .string()
      .regex(
        /^(ANY|DELETE|GET|HEAD|OPTIONS|PATCH|POST|PUT) \/(?:(?:[\w.~-]+|\{\w+\})(?:\/|$))*(?:\{\w+\+\})?$/,
        "expected a method and a path",
      ),
  ]),
  Target: z.string().regex(/^integrations\/[\w-]+$/, "expected integrations/<id>"),
  AuthorizationType: z.literal("NONE").optional(),
});

export type RouteProperties = z.output<typeof routeProperties>;

/** AWS::ApiGatewayV2::Stage: the default one, deployed whenever something changes; one throttle for all routes. */
export const stageProperties = z.strictObject({
  ApiId: z.string(),
  StageName: z.literal("$default"),
  AutoDeploy: flag.pipe(z.literal(true)),
  DefaultRouteSettings: z
    .strictObject({
      ThrottlingBurstLimit: integer.optional(),
      ThrottlingRateLimit: z
        .union([
          z.number(),
          z
            .string()
            .regex(/^\d+(\.\d+)?$/)
            .transform(Number),
        ])
        .optional(),
      DetailedMetricsEnabled: flag.optional(),
    })
    .optional(),
  AccessLogSettings: z.strictObject({ DestinationArn: z.string(), Format: z.string() }).optional(),
});

export type StageProperties = z.output<typeof stageProperties>;
