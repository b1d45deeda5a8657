/** Tells the engine that nobody is interested any more: neither a Retry nor a Catch may answer it. */
export class TaskAbandoned extends Error {
  override readonly name = "TaskAbandoned";
  readonly isRetryable = false;
  readonly isCatchable = false;
}

/** The end of all waiting in a state whose execution was stopped, or whose process is about to end. */
export interface Abandonment {
  readonly promise: Promise<never>;
  readonly now: () => void;
  readonly done: () => boolean;
}

export const abandonment = (): Abandonment => {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => undefined);
  let done = false;
  return {
    promise,
    done: () => done,
    now: () => {
      done = true;
      reject(new TaskAbandoned());
    },
  };
};
