import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type Meter, type Metering, type MeterReadings, nothingCounted } from "./metering.ts";

/** A metering whose readings go on where the last run of the same data directory stopped. */
export interface MeteringJournal extends Metering {
  /** Writes the readings a last time and stops doing so. */
  stop(): void;
}

/** A kill loses at most the counts of this long. */
const writeMilliseconds = 1_000;

const count = z.number().nonnegative();
const readingsFile = z.object({
  sqsRequests: count,
  dynamodbReads: count,
  dynamodbWrites: count,
  stateTransitions: count,
  lambdaRequests: count,
  lambdaGbSeconds: count,
  s3Requests: count,
  kmsRequests: count,
  eventsPublished: count,
  secretsRequests: count,
  httpApiRequests: count,
  emailsSent: count,
}) satisfies z.ZodType<Record<Meter, number>>;

/** Opens `metering.json` of the data directory. */
export const openMetering = (dataDir: string): MeteringJournal => {
  const path = join(dataDir, "metering.json");
  const counters: Record<Meter, number> = { ...nothingCounted, ...read(path) };
  let timer: NodeJS.Timeout | undefined;
  const write = (): void => {
    clearTimeout(timer);
    timer = undefined;
    writeFileSync(`${path}.draft`, JSON.stringify(counters), { mode: 0o600 });
    renameSync(`${path}.draft`, path);
  };
  return {
    count: (meter, amount = 1) => {
      counters[meter] += amount;
      timer ??= setTimeout(write, writeMilliseconds);
    },
    readings: (): MeterReadings => ({ ...counters }),
    stop: write,
  };
};

const read = (path: string): Partial<Record<Meter, number>> => {
  try {
    const readings = readingsFile.partial().parse(JSON.parse(readFileSync(path, "utf8")));
    return Object.fromEntries(Object.entries(readings).filter(([, value]) => value !== undefined));
  } catch (thrown) {
    if (thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT") {
      return {};
    }
    throw thrown;
  }
};
