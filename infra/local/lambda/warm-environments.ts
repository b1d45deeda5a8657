import type { DeployedFunction } from "./deployed-function.ts";
import { ExecutionEnvironment } from "./environment.ts";
import type { FunctionLog } from "./function-log.ts";

interface Idle {
  readonly environment: ExecutionEnvironment;
  readonly eviction: NodeJS.Timeout;
}

/**
 * Execution environments kept warm between invocations. Never more alive than `limit`: a new one pushes out the one idle
 * longest. Idle ones end after `idleMilliseconds`, which is how the machine gets its memory back.
 */
export class WarmEnvironments {
  readonly #limit: number;
  readonly #idleMilliseconds: number;
  readonly #logOf: (deployed: DeployedFunction) => FunctionLog;
  /** Longest idle first. */
  #idle: Idle[] = [];
  readonly #busy = new Set<ExecutionEnvironment>();

  constructor(limit: number, idleMilliseconds: number, logOf: (deployed: DeployedFunction) => FunctionLog) {
    this.#limit = limit;
    this.#idleMilliseconds = idleMilliseconds;
    this.#logOf = logOf;
  }

  /** The warmest environment of the function, or a new one. The caller holds an invocation slot, so there is room. */
  take(deployed: DeployedFunction): ExecutionEnvironment {
    const warm = this.#idle.findLast(
      ({ environment }) => environment.deployed === deployed && environment.isAlive,
    );
    if (warm !== undefined) {
      this.#forget(warm);
      this.#busy.add(warm.environment);
      return warm.environment;
    }
    const coldest = this.#idle[0];
    if (coldest !== undefined && this.#busy.size + this.#idle.length >= this.#limit) {
      this.#evict(coldest);
    }
    const environment = new ExecutionEnvironment(deployed, this.#logOf(deployed));
    this.#busy.add(environment);
    return environment;
  }

  /**
   * Makes an environment ahead of its first invocation, where the function has fewer than `wanted` and there is room for one more;
   * resolves when it is loaded.
   */
  async prepare(deployed: DeployedFunction, wanted: number): Promise<void> {
    const alive = [...this.#busy, ...this.#idle.map(({ environment }) => environment)];
    const own = alive.filter((environment) => environment.deployed === deployed);
    if (own.length >= wanted || alive.length >= this.#limit) {
      return;
    }
    const environment = new ExecutionEnvironment(deployed, this.#logOf(deployed));
    this.#keep(environment);
    await environment.loaded;
  }

  /** Takes an environment back; a dead one is let go. */
  giveBack(environment: ExecutionEnvironment): void {
    this.#busy.delete(environment);
    if (!environment.isAlive) {
      void environment.terminate();
      return;
    }
    this.#keep(environment);
  }

  #keep(environment: ExecutionEnvironment): void {
    const idle: Idle = {
      environment,
      eviction: setTimeout(() => this.#evict(idle), this.#idleMilliseconds),
    };
    this.#idle.push(idle);
  }

  /** Ends them all, the busy ones in the middle of what they do. */
  async terminateAll(): Promise<void> {
    const all = [...this.#busy, ...this.#idle.map(({ environment }) => environment)];
    for (const { eviction } of this.#idle) {
      clearTimeout(eviction);
    }
    this.#idle = [];
    await Promise.all(all.map((environment) => environment.terminate()));
  }

  #evict(idle: Idle): void {
    this.#forget(idle);
    void idle.environment.terminate();
  }

  #forget(idle: Idle): void {
    clearTimeout(idle.eviction);
    this.#idle = this.#idle.filter((other) => other !== idle);
  }
}
