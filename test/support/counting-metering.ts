import { type Meter, type Metering, type MeterReadings, nothingCounted } from "../../infra/local/metering.ts";

/** A metering that counts in memory, for tests of one service. */
export const countingMetering = (): Metering => {
  const counted: Record<Meter, number> = { ...nothingCounted };
  return {
    count: (meter, amount = 1) => {
      counted[meter] += amount;
    },
    readings: (): MeterReadings => ({ ...counted }),
  };
};
