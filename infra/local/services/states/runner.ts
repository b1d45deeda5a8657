import { TemplateUnsupported } from "../../template/problems.ts";
import { type Alarm, setAlarm } from "../alarm.ts";
import { type Definition, readDefinition } from "./definition.ts";
import { openStep, type StepServices } from "./execution-step.ts";
import type { Execution, ExecutionEnd } from "./executions.ts";
import { recordEnd, recordStart, recordStepEnd } from "./transitions.ts";

/** Moves executions from state to state, each transition through the journal. */
export interface Runner {
  /** Journals a new execution and sets it going. */
  start(execution: Execution): void;
  /** Goes on with everything that the journal says is running. */
  resume(): void;
  /** Ends a running execution from outside. */
  end(arn: string, end: ExecutionEnd): void;
  /** Lets go of everything; the journal keeps it for the next {@link Runner.resume}. */
  shutDown(): Promise<void>;
}

export const openRunner = (services: StepServices): Runner => {
  const { store, metering, now } = services;
  const driven = new Map<string, { readonly done: Promise<void>; release(): void }>();
  let closed = false;

  const drive = (arn: string, definition: Definition, startedAt: number): void => {
    let release = (): void => undefined;
    const timeout = alarmFor(definition, startedAt);
    const go = async (): Promise<void> => {
      for (;;) {
        const execution = store.executions.find(arn);
        if (closed || execution?.status !== "RUNNING") return;
        const step = openStep(services, execution, definition);
        release = () => step.release();
        const end = await step.end;
        step.release();
        if (closed || store.executions.find(arn)?.status !== "RUNNING") return;
        recordStepEnd(store, execution, definition, end, now());
        if (end.kind === "next" && store.executions.find(arn)?.status === "RUNNING") {
          metering.count("stateTransitions");
        }
      }
    };
    const done = go().finally(() => {
      timeout?.cancel();
      driven.delete(arn);
    });
    driven.set(arn, { done, release: () => release() });

    function alarmFor({ timeoutSeconds }: Definition, since: number): Alarm | undefined {
      if (timeoutSeconds === undefined) return undefined;
      return setAlarm(since + timeoutSeconds * 1_000, now, () => runner.end(arn, { status: "TIMED_OUT" }));
    }
  };

  const runner: Runner = {
    start: (execution) => {
      const definition = readDefinition(execution.name, execution.definition);
      recordStart(store, execution, definition);
      metering.count("stateTransitions");
      drive(execution.arn, definition, execution.started_at);
    },
    resume: () => {
      for (const { arn, name, definition, started_at } of store.executions.running()) {
        if (driven.has(arn)) continue;
        try {
          drive(arn, readDefinition(name, definition), started_at);
        } catch (thrown) {
          // Refused by a newer version of this service: the execution cannot go on, the others can.
          if (!(thrown instanceof TemplateUnsupported)) throw thrown;
          runner.end(arn, { status: "FAILED", error: "States.Runtime", cause: thrown.message });
        }
      }
    },
    end: (arn, end) => {
      if (store.executions.find(arn)?.status !== "RUNNING") return;
      recordEnd(store, arn, end, now());
      driven.get(arn)?.release();
    },
    shutDown: async () => {
      closed = true;
      const all = [...driven.values()];
      for (const one of all) one.release();
      await Promise.all(all.map(({ done }) => done));
    },
  };
  return runner;
};
