import { environments, type FunctionName } from "../../shared/contract/environment.ts";

/** Every function there is: one folder in functions/, one environment schema, one place in the stack. */
export const functionNames: readonly FunctionName[] = Object.keys(environments).filter(isFunctionName);

function isFunctionName(name: string): name is FunctionName {
  return Object.hasOwn(environments, name);
}
