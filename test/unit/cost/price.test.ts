import { describe, expect, it } from "vitest";
import { Meter, MeterReadings } from "../../../shared/cost/meters.ts";
import { Cost, countedBetween, price } from "../../../shared/cost/price.ts";
import { pricesAsOf } from "../../../shared/cost/prices.ts";

describe("the price of a migration", () => {
  it("is nothing for nothing", () => {
    const cost = price({}, 0);
    expect(cost.usd).toBe(0);
    expect(Cost.parse(cost)).toEqual(cost);
  });

  it("is the sum of its parts, egress among them", () => {
    const million = 1_000_000;
    const readings = MeterReadings.parse({
      sqsRequests: million,
      dynamodbReads: 2 * million,
      dynamodbWrites: million,
      stateTransitions: 1_000,
      lambdaRequests: million,
      lambdaGbSeconds: 10_000,
      s3Requests: 1_000,
      kmsRequests: 10_000,
      eventsPublished: million,
      secretsRequests: 10_000,
      httpApiRequests: million,
      emailsSent: 1_000,
    });
    const cost = price(readings, 10 * 2 ** 30);
    expect(cost.parts).toEqual({
      sqs: 0.5,
      dynamodb: 0.875,
      stepFunctions: 0.025,
      lambda: 0.333334,
      s3: 0.005,
      kms: 0.03,
      eventBridge: 1,
      secretsManager: 0.05,
      apiGateway: 1,
      ses: 0.1,
      egress: 0.9,
    });
    expect(cost.usd).toBeCloseTo(4.818334, 6);
    expect(cost.requests).toEqual({
      sqs: million,
      dynamodb: 3 * million,
      states: 1_000,
      lambdaGbSeconds: 10_000,
    });
  });

  it("is read as nothing for pages and mails in what was priced before there were any", () => {
    const { apiGateway: _pages, ses: _mails, ...parts } = price({ sqsRequests: 1_000 }, 0).parts;
    const before = { ...price({ sqsRequests: 1_000 }, 0), parts };
    expect(Cost.parse(before).parts).toMatchObject({ apiGateway: 0, ses: 0, sqs: 0.0005 });
  });

  it.each(Meter.options)("counts %s", (meter) => {
    expect(price({ [meter]: 1_000_000 }, 0).usd).toBeGreaterThan(0);
  });

  it("says of when its prices are", () => {
    expect(pricesAsOf).toMatch(/^\d{4}-\d\d-\d\d$/);
  });
});

describe("what was counted between two readings", () => {
  it("is their difference, and everything where a meter was begun anew", () => {
    expect(
      countedBetween({ sqsRequests: 5, kmsRequests: 9 }, { sqsRequests: 8, kmsRequests: 2 }),
    ).toMatchObject({
      sqsRequests: 3,
      kmsRequests: 2,
      s3Requests: 0,
    });
  });
});
