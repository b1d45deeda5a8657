/** An error as facts of a log line: its name and sentence, never its evidence objects or a stack with mail in it. */
export const whyFailed = (thrown: unknown): { readonly error: string; readonly reason: string } =>
  thrown instanceof Error
    ? { error: thrown.name, reason: thrown.message.slice(0, 1_000) }
    : { error: "Error", reason: "something that is no error was thrown" };
