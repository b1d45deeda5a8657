import { fanOut } from "../../shared/passes/fan-out.ts";
import { isCopying } from "../../shared/passes/participation.ts";
import { tick } from "../../shared/tick/tick.ts";
import { type FakePipeline, pipelineWith, unhurried, workOff } from "./fake-pipeline.ts";
import { awaitedWith, exampleAccount, exampleId, inHistory } from "./migration-example.ts";

/** So many accounts, none of which has begun. */
export const members = (count: number) =>
  Array.from({ length: count }, (_, number) => exampleAccount(number));

/** A migration of so many accounts in its history phase, on whose end a workflow waits with `history-token`. */
export const historyWith = async (count: number): Promise<FakePipeline> => {
  const pipeline = await pipelineWith(awaitedWith("history-token", inHistory()), members(count));
  pipeline.workflow.wait("history-token");
  return pipeline;
};

/** The pass that its migration is in; null when it is in none. */
export const passOf = async (pipeline: FakePipeline) => {
  const migration = await pipeline.migrations.get(exampleId);
  return migration !== null && isCopying(migration) ? migration.pass : null;
};

/** Its pass from the fan-out to its end, three messages to a mailbox, and how it goes on after a cut: by ticks alone. */
export const throughItsPass = {
  run: async (app: FakePipeline): Promise<void> => {
    await fanOut(app, inHistory(), unhurried);
    await workOff(app, () => 3);
  },
  resume: async (app: FakePipeline): Promise<void> => {
    await tick(app, unhurried);
    await workOff(app, () => 3);
    await tick(app, unhurried);
  },
};
