import { z } from "zod";
import type { BusEvent } from "./event.ts";
import type { Target } from "./rule.ts";

/** What a target is given of an event, as JSON text: its own `Input`, a part by `InputPath`, or all of it. */
export const payloadOf = (event: BusEvent, { Input, InputPath }: Target): string => {
  if (Input !== undefined) return Input;
  if (InputPath === undefined) return JSON.stringify(event);
  const steps = InputPath.split(".").slice(1);
  const part = steps.reduce<unknown>((value, step) => record.safeParse(value).data?.[step], event);
  return JSON.stringify(part ?? null);
};

const record = z.record(z.string(), z.unknown());
