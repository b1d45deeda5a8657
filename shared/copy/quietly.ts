/** The same promise, whose failure waits until somebody looks at it: until then it must not count as unhandled. */
export const quietly = <Result>(asked: Promise<Result>): Promise<Result> => {
  asked.catch(() => undefined);
  return asked;
};
