/** Settings, a sheet or a command line that cannot be used: nothing has been started. The command ends with exit status 2. */
export class UnusableInput extends Error {
  override readonly name = "UnusableInput";
  /** One sentence for each problem. */
  readonly problems: readonly string[];

  constructor(problems: readonly string[], options?: ErrorOptions) {
    super(problems.join("\n"), options);
    this.problems = problems;
  }
}
