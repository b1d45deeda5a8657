import type { Answer, DynaliteStore } from "dynalite/db/index.js";
import { checkTypes, checkValidations } from "dynalite/validations/index.js";
import { z } from "zod";
import type { Metering } from "../../metering.ts";
import type { DynaliteAction } from "./actions.ts";

/** An answer of DynamoDB that is an error; `body` goes over the wire as it is. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly type: string;
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;

  constructor(type: string, message: string, status = 400, body: Readonly<Record<string, unknown>> = {}) {
    super(`${type}: ${message}`);
    this.type = type;
    this.status = status;
    this.body = { message, ...body, __type: body.__type ?? type };
  }
}

/**
 * Checks and runs one operation. Capacity is always asked for, because that is what AWS bills, and handed on only to those
 * who asked. @throws {Refusal} for what DynamoDB refuses.
 */
export const perform = async (
  store: DynaliteStore,
  action: DynaliteAction,
  data: object,
  metering: Metering,
): Promise<unknown> => {
  refuseUnknownParameters(action, data);
  const asked = "ReturnConsumedCapacity" in data && data.ReturnConsumedCapacity !== "NONE";
  const measured =
    action.billedAs === undefined || asked ? data : { ...data, ReturnConsumedCapacity: "TOTAL" };
  const { ConsumedCapacity, ...rest } = await new Promise<Answer>((resolve, reject) => {
    try {
      const checked = checkTypes(measured, action.parameters.types);
      checkValidations(checked, action.parameters.types, action.parameters.custom, store);
      action.perform(store, checked, (problem, result) =>
        problem === null || problem === undefined ? resolve(result ?? {}) : reject(refusalOf(problem)),
      );
    } catch (thrown) {
      reject(refusalOf(thrown));
    }
  });
  if (action.billedAs !== undefined) {
    metering.count(action.billedAs, unitsOf(ConsumedCapacity));
  }
  return asked ? { ...rest, ConsumedCapacity } : rest;
};

/** dynalite drops parameters it does not know, such as `ReturnValuesOnConditionCheckFailure`; callers would believe them honoured. */
const refuseUnknownParameters = (action: DynaliteAction, data: object): void => {
  const unknown = Object.keys(data).filter((name) => !Object.hasOwn(action.parameters.types, name));
  if (unknown.length > 0) {
    throw new Refusal(
      "ValidationException",
      `${unknown.join(", ")} is not supported by the local DynamoDB (see infra/local/SUPPORT.md)`,
    );
  }
};

const unitsOf = (consumed: Answer["ConsumedCapacity"]): number =>
  [consumed ?? []].flat().reduce((sum, { CapacityUnits }) => sum + CapacityUnits, 0);

const failure = z.object({
  statusCode: z.number(),
  body: z.looseObject({
    __type: z.string(),
    message: z.string().optional(),
    Message: z.string().optional(),
  }),
});

/** An error of dynalite as DynamoDB words it; anything else is a fault of the program and stays what it is. */
export const refusalOf = (thrown: unknown): unknown => {
  const parsed = failure.safeParse(thrown);
  if (!parsed.success) {
    return thrown;
  }
  const { statusCode, body } = parsed.data;
  const type = body.__type.slice(body.__type.indexOf("#") + 1);
  return new Refusal(type, body.message ?? body.Message ?? "", statusCode, body);
};
