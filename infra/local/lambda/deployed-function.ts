/** A function of the template, ready to be run. */
export interface DeployedFunction {
  readonly name: string;
  readonly arn: string;
  /** `file.export`, e.g. `index.handler`. */
  readonly handler: string;
  readonly codeDirectory: string;
  /** The whole environment of the function; nothing is inherited from this process. */
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  /** At most this many at once; undefined means no limit but the host's. */
  readonly reservedConcurrency: number | undefined;
}

/** The function's name in an ARN with or without qualifier, or the name itself. */
export const functionNameOf = (nameOrArn: string): string => {
  const parts = nameOrArn.split(":");
  const marker = parts.indexOf("function");
  return parts[marker < 0 ? 0 : marker + 1] ?? nameOrArn;
};
