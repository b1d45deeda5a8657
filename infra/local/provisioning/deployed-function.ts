import type { DeployedFunction } from "../lambda/deployed-function.ts";
import type { FunctionProperties } from "../template/properties/lambda.ts";
import type { Identity } from "../template/resource.ts";
import type { Provisioning } from "./provision.ts";

/**
 * A function of the template. Its environment is the template's and what Lambda adds, with the endpoint and credentials of
 * this cloud in place of AWS's: that is all by which a function could tell where it runs.
 */
export const deployedFunction = (
  properties: FunctionProperties,
  { name, arn }: Identity,
  { codeDirectory, region, endpoint, credentials }: Omit<Provisioning, "services">,
): DeployedFunction => {
  const directory = codeDirectory(properties.Code.S3Key);
  if (directory === undefined) {
    throw new Error(`The loader let ${name} pass without code`);
  }
  return {
    name,
    arn,
    handler: properties.Handler,
    codeDirectory: directory,
    timeoutSeconds: properties.Timeout,
    memoryMegabytes: properties.MemorySize,
    reservedConcurrency: properties.ReservedConcurrentExecutions,
    environment: {
      ...properties.Environment?.Variables,
      AWS_REGION: region,
      AWS_LAMBDA_FUNCTION_NAME: name,
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(properties.MemorySize),
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    },
  };
};
