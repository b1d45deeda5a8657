import type { Workflow } from "../../shared/ports/workflow.ts";

/** The waits of a state machine: a token answers once, and only if it was ever given out. */
export class FakeWorkflow implements Workflow {
  readonly #waiting = new Set<string>();
  /** Tokens that were told to go on, each once. */
  readonly succeeded: string[] = [];

  /** Lets a state wait on this token. */
  wait(taskToken: string): void {
    this.#waiting.add(taskToken);
  }

  async succeed(taskToken: string): Promise<"told" | "gone"> {
    if (!this.#waiting.delete(taskToken)) return "gone";
    this.succeeded.push(taskToken);
    return "told";
  }
}
