import type { Duration } from "aws-cdk-lib";
import type { IRuleTarget } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { SqsDestination } from "aws-cdk-lib/aws-lambda-destinations";
import type { DeadLetterQueue } from "./dead-letter-queue.ts";

interface EventDelivery {
  readonly to: IFunction;
  readonly deadLetters: DeadLetterQueue;
  /** Tries after the first one, of EventBridge to hand over and of Lambda to run: at most two. */
  readonly retries: 0 | 2;
  /** An event older than this is not worth delivering; from one minute to six hours. */
  readonly maxAge: Duration;
}

/**
 * A rule target that loses no event. EventBridge invokes functions asynchronously, so there are two places where an event can
 * be given up, handing it over and running the function, and both end in the same dead-letter queue.
 */
export const deliverTo = ({ to, deadLetters, retries, maxAge }: EventDelivery): IRuleTarget => {
  to.configureAsyncInvoke({
    onFailure: new SqsDestination(deadLetters),
    retryAttempts: retries,
    maxEventAge: maxAge,
  });
  return new LambdaFunction(to, {
    deadLetterQueue: deadLetters,
    retryAttempts: retries,
    maxEventAge: maxAge,
  });
};
