/** How a command ends (interfaces.md). */
export const exitStatus = {
  /** Every account completed and no message refused. */
  done: 0,
  /** Anything that is none of the others. */
  failed: 1,
  /** Unusable settings, sheet or command line: nothing was started. */
  unusableInput: 2,
  /** It came to its end, but some account, row or message was not moved: the report says which. */
  doneWithLosses: 3,
} as const;

export type ExitStatus = (typeof exitStatus)[keyof typeof exitStatus];
