/** The end of a wait. A token that is no longer known (timed out, already used) is `gone`: nobody waits any more. */
export interface Workflow {
  succeed(taskToken: string): Promise<"told" | "gone">;
}
