/** One thing in a template that the local cloud does not support, and where it stands. */
export interface TemplateProblem {
  /** Dotted path from the top of the template, e.g. `Resources.CopyQueue.Properties.RedrivePolicy.maxReceiveCount`. */
  readonly path: string;
  readonly reason: string;
}

/**
 * The template asks for something that would silently behave differently here than on AWS. Thrown before anything is
 * created, with every problem at once, so that a stack is made to fit in one round.
 */
export class TemplateUnsupported extends Error {
  override readonly name = "TemplateUnsupported";
  readonly problems: readonly TemplateProblem[];

  constructor(stackName: string, problems: readonly TemplateProblem[]) {
    const lines = problems.map(({ path, reason }) => `  ${path}: ${reason}`);
    super(
      `The template of ${stackName} cannot be run on this machine (see infra/local/SUPPORT.md):\n${lines.join("\n")}`,
    );
    this.problems = problems;
  }
}

/** Takes a problem down instead of throwing, because all of them are shown together. */
export type ReportProblem = (path: string, reason: string) => void;

/** Joins a path and the path of a zod issue. */
export const pathOf = (base: string, parts: readonly PropertyKey[]): string =>
  [base, ...parts.map(String)].filter((part) => part !== "").join(".");
