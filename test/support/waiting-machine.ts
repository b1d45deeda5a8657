/** The machine of the pipeline in small: a task, one that waits for its token, an end; and a way out on failure. */
export const waitingMachine = {
  StartAt: "Wait for history",
  States: {
    "Wait for history": {
      Type: "Task",
      Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
      TimeoutSeconds: 2_000_000,
      Parameters: {
        FunctionName: "open-phase",
        Payload: { "token.$": "$$.Task.Token", "execution.$": "$$.Execution.Name", "input.$": "$" },
      },
      ResultPath: "$.history",
      Catch: [
        { ErrorEquals: ["States.Timeout"], ResultPath: null, Next: "Wait for history" },
        { ErrorEquals: ["States.ALL"], ResultPath: "$.error", Next: "Failed" },
      ],
      Next: "Done",
    },
    Done: { Type: "Succeed" },
    Failed: { Type: "Fail", Error: "MigrationFailed", Cause: "see the record" },
  },
} as const;

export const machineArn = "arn:aws:states:eu-central-1:000000000000:stateMachine:waiting";
