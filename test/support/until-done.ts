import type { WorkerPorts } from "../../shared/copy/worker-ports.ts";
import type { CopyWorld } from "./copy-world.ts";
import { Interruption } from "./interruptions.ts";
import type { Tripwire } from "./tripwire.ts";

/** Works the queue off with ports that a tripwire is strung across: a worker that dies of it is followed by another one. */
export const untilDone = async (
  world: CopyWorld,
  wire: Tripwire,
  ports: WorkerPorts = wire.string(world),
): Promise<void> => {
  try {
    await world.workOff(ports);
  } catch (thrown) {
    if (!(thrown instanceof Interruption)) throw thrown;
    wire.revive();
    await world.workOff(ports);
  }
};
