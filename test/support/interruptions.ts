/** Thrown where the process would have died. */
export class Interruption extends Error {
  override readonly name = "Interruption";
}

/** On which side of its effect a call is cut off. */
export type Moment = "before" | "after";

/** Where one run is to be cut off: at its n-th port call (from 1), before or after the call took effect. */
export interface CutOff {
  readonly call: number;
  readonly moment: Moment;
}

/** Ports that count their calls and die once. `calls()` tells how many were made, on all of them together. */
export interface InterruptedPorts<Ports extends object> {
  readonly ports: Ports;
  readonly calls: () => number;
}

/**
 * Wraps an object of ports: every call of an asynchronous method is counted, and the one named by `cutOff` throws an
 * Interruption before or after its effect, as a process that dies would leave it. From then on every call throws, because a
 * dead process calls nothing. Synchronous methods (a clock's) and plain values pass through uncounted.
 */
export const interruptible = <Ports extends object>(
  ports: Ports,
  cutOff: CutOff | null,
): InterruptedPorts<Ports> => {
  const counter = { calls: 0, dead: false };
  const wrapped = new Proxy(ports, {
    get: (target, name, receiver): unknown => {
      const port: unknown = Reflect.get(target, name, receiver);
      return typeof port === "object" && port !== null ? wrapPort(port, cutOff, counter) : port;
    },
  });
  return { ports: wrapped, calls: () => counter.calls };
};

/** What is to be interrupted: fresh ports, the work, and what must hold of its end whatever happened on the way. */
export interface Scenario<Ports extends object> {
  readonly begin: () => Promise<Ports>;
  readonly run: (ports: Ports) => Promise<unknown>;
  /**
   * What takes the work up after an interruption.
   * @default the work itself, once more
   */
  readonly resume?: (ports: Ports) => Promise<unknown>;
  /** `cutOff` is null for the run that was left alone. */
  readonly check: (ports: Ports, cutOff: CutOff | null) => void | Promise<void>;
}

/**
 * Runs a scenario whole, then repeated, then from a fresh beginning once for each of its port calls, cut off before and after it
 * and resumed with whole ports; every end is handed to `check`. Returns how often it was cut off.
 */
export const interruptEverywhere = async <Ports extends object>(
  scenario: Scenario<Ports>,
): Promise<number> => {
  const resume = scenario.resume ?? scenario.run;
  const calls = await runWhole(scenario);
  let cuts = 0;
  for (let call = 1; call <= calls; call += 1) {
    for (const moment of ["before", "after"] as const) {
      const ports = await scenario.begin();
      const cutOff = { call, moment };
      await expectInterruption(scenario.run(interruptible(ports, cutOff).ports), cutOff);
      await resume(ports);
      await scenario.check(ports, cutOff);
      cuts += 1;
    }
  }
  return cuts;
};

const runWhole = async <Ports extends object>(scenario: Scenario<Ports>): Promise<number> => {
  const ports = await scenario.begin();
  const { ports: counted, calls } = interruptible(ports, null);
  await scenario.run(counted);
  await scenario.check(ports, null);
  const made = calls();
  await (scenario.resume ?? scenario.run)(ports);
  await scenario.check(ports, null);
  return made;
};

const expectInterruption = async (work: Promise<unknown>, { call, moment }: CutOff): Promise<void> => {
  try {
    await work;
  } catch (thrown) {
    if (wasInterrupted(thrown)) return;
    throw thrown;
  }
  throw new Error(`The run survived its interruption ${moment} call ${call}: somebody swallowed it.`);
};

/** An interruption itself, or an error that gathers or wraps one. */
const wasInterrupted = (thrown: unknown): boolean => {
  if (thrown instanceof Interruption) return true;
  if (thrown instanceof AggregateError) return thrown.errors.some(wasInterrupted);
  return thrown instanceof Error && thrown.cause !== undefined && wasInterrupted(thrown.cause);
};

const wrapPort = (port: object, cutOff: CutOff | null, counter: { calls: number; dead: boolean }): object =>
  new Proxy(port, {
    get: (target, name): unknown => {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== "function") return member;
      return (...input: readonly unknown[]): unknown => {
        if (counter.dead) throw new Interruption("the process is dead");
        const dies = (): never => {
          counter.dead = true;
          throw new Interruption(`${cutOff?.moment} call ${cutOff?.call}: ${String(name)}`);
        };
        if (!isAsync(member)) return synchronous(Reflect.apply(member, target, input), String(name));
        counter.calls += 1;
        const due = counter.calls === cutOff?.call;
        if (due && cutOff.moment === "before") return Promise.resolve().then(dies);
        const result: unknown = Reflect.apply(member, target, input);
        // A call that rejects has had its effect too: the process may die before it hears of it.
        return due ? Promise.resolve(result).then(dies, dies) : result;
      };
    },
  });

const synchronous = (result: unknown, name: string): unknown => {
  if (result instanceof Promise) throw new Error(`Declare ${name} as async, or it cannot be interrupted.`);
  return result;
};

/** Fakes declare what the port promises: an asynchronous method is an `async` one. */
const isAsync = (member: object): boolean => member.constructor.name === "AsyncFunction";
