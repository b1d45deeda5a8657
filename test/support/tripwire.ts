import { MailferryError } from "../../shared/contract/errors.ts";
import type { AppendOutcome } from "../../shared/ports/mail-server.ts";
import { Interruption, type Moment } from "./interruptions.ts";

/**
 * What happens at a call: the process dies, or only the connection does, or the process is suspended while another one takes the
 * work over. A lost connection fails the calls of its session from then on; an APPEND under way then has an unknown outcome.
 */
export type Fault = "death" | "lost connection" | "takeover";

/** At which call (from 1) what happens, before or after the call took effect. */
export interface Trip {
  readonly call: number;
  readonly moment: Moment;
  readonly fault: Fault;
}

/** Counts the calls of all ports it is strung across, the sessions they open included, and trips once. */
export class Tripwire {
  calls = 0;
  /** What another process does while this one is suspended. */
  takeOver: () => Promise<void> = async () => undefined;
  #trip: Trip | null = null;
  #dead = false;
  /** Over when the process goes on: until then it sees no answer of its other calls either. */
  #suspension = Promise.resolve();

  arm(trip: Trip | null): void {
    this.#trip = trip;
  }

  /** The next process. */
  revive(): void {
    this.#dead = false;
    this.#trip = null;
  }

  /** The same ports, each asynchronous call counted, those of the sessions they open included. */
  string<Ports extends object>(ports: Ports, session: { lost: boolean } | null = null): Ports {
    return new Proxy(ports, {
      get: (target, name): unknown => {
        const member: unknown = Reflect.get(target, name, target);
        if (typeof member === "function") return this.#counted(target, String(name), member, session);
        return typeof member === "object" && member !== null && session === null
          ? this.string(member)
          : member;
      },
    });
  }

  #counted(target: object, name: string, member: object, session: { lost: boolean } | null) {
    return (...input: readonly unknown[]): unknown => {
      const call = (): unknown =>
        typeof member === "function" ? Reflect.apply(member, target, input) : null;
      if (name === "leave") return Promise.resolve();
      if (name === "fencedBy") return this.#store(call());
      if (member.constructor.name === "AsyncGeneratorFunction") return this.#items(call, name, session);
      if (member.constructor.name !== "AsyncFunction") return call();
      const [path, messages] = input;
      // Cut off before its end, an APPEND of several messages has taken effect for some of them.
      const begin = (): unknown =>
        name === "append" && Array.isArray(messages) && typeof member === "function"
          ? Reflect.apply(member, target, [path, messages.slice(0, messages.length >> 1)])
          : null;
      return this.#around(call, begin, name, session);
    };
  }

  /** The same store under a claim; its calls count as well. */
  #store(fenced: unknown): unknown {
    return typeof fenced === "object" && fenced !== null ? this.string(fenced) : fenced;
  }

  async #around(
    call: () => unknown,
    begin: () => unknown,
    name: string,
    session: { lost: boolean } | null,
  ): Promise<unknown> {
    const due = this.#count(session);
    if (due?.moment === "before") return this.#strike(due, name, session, await begin());
    // A call that rejects has had its effect too: the process may die before it hears of it.
    const isFatal = due?.fault === "death";
    const [answer] = await Promise.allSettled([call()]);
    await (due?.fault === "takeover" ? this.#suspend() : this.#suspension);
    if (answer.status === "rejected" && !isFatal) throw answer.reason;
    const result = answer.status === "fulfilled" ? answer.value : undefined;
    if (due !== null && due.fault !== "takeover") return this.#strike(due, name, session, result);
    return isSession(result) ? this.string(result, { lost: false }) : result;
  }

  async *#items(
    call: () => unknown,
    name: string,
    session: { lost: boolean } | null,
  ): AsyncGenerator<unknown> {
    const due = this.#count(session);
    if (due?.moment === "before") this.#strike(due, name, session);
    const items: unknown = call();
    if (!isAsyncIterable(items)) return;
    for await (const item of items) {
      await this.#suspension;
      yield item;
    }
    if (due?.fault === "takeover") await this.#suspend();
    else if (due !== null) this.#strike(due, name, session);
  }

  #suspend(): Promise<void> {
    this.#trip = null;
    const takenOver = this.takeOver();
    this.#suspension = takenOver.catch(() => undefined);
    return takenOver;
  }

  #count(session: { lost: boolean } | null): Trip | null {
    if (this.#dead) throw new Interruption("the process is dead");
    if (session?.lost === true) throw lostConnection();
    this.calls += 1;
    return this.#trip?.call === this.calls ? this.#trip : null;
  }

  #strike(trip: Trip, name: string, session: { lost: boolean } | null, result?: unknown): unknown {
    this.#trip = null;
    if (trip.fault === "death" || session === null) {
      this.#dead = true;
      throw new Interruption(`${trip.moment} call ${trip.call}: ${name}`);
    }
    session.lost = true;
    if (name === "append" && Array.isArray(result)) return result.map(() => unknownOutcome);
    throw lostConnection();
  }
}

const unknownOutcome: AppendOutcome = { outcome: "unknown", reason: "the connection was cut" };

const lostConnection = (): MailferryError =>
  new MailferryError("ConnectionLost", { side: "target", host: "fake", reason: "the connection was cut" });

const isSession = (result: unknown): result is object =>
  typeof result === "object" && result !== null && "leave" in result;

const isAsyncIterable = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === "object" && value !== null && Symbol.asyncIterator in value;
