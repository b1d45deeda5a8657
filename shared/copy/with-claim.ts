import type { MailboxClaim } from "../contract/claim.ts";
import { MailferryError } from "../contract/errors.ts";
import type { Clock } from "../ports/clock.ts";
import type { MailSession } from "../ports/mail-server.ts";
import { type Claimant, type ClaimPorts, leaveMailbox, takeMailbox } from "./claim.ts";
import { drainSeconds } from "./claim-times.ts";
import { recalledAccounts } from "./recalled-accounts.ts";
import type { WorkerPorts } from "./worker-ports.ts";

/** What became of a delivery: its work is done, it was no longer wanted, or it waits as new messages. */
export type Outcome = "done" | "dropped" | "sentAnew";

/**
 * Lets `use` work on the mailbox while nobody else may. Its ports refuse every call once the claim has run out or `use` has ended:
 * a worker that was suspended and wakes up, or one that left something running behind it, touches neither target nor store. What it
 * writes to the store carries the claim's token besides, so that it is refused whatever its clock says.
 *
 * @throws MustWait before anything is begun, WorkSuperseded when the claim is no longer held
 */
export const withClaim = async (
  app: WorkerPorts,
  claimant: Claimant,
  use: (app: WorkerPorts) => Promise<Outcome>,
): Promise<Outcome> => {
  const claim = await takeMailbox(app, claimant);
  const fence = new Fence(app.clock, claim);
  try {
    const outcome = await use(fenced(app, fence, claim));
    await (outcome === "sentAnew" ? leaveMailbox(app, claim) : app.claims.remove(claim));
    return outcome;
  } catch (thrown) {
    await leaveQuietly(app, claim);
    throw thrown;
  } finally {
    fence.close();
  }
};

/** Stands between a worker and the world. */
class Fence {
  readonly #clock: Clock;
  readonly #claim: MailboxClaim;
  readonly #heldUntil: number;
  #closed = false;

  constructor(clock: Clock, claim: MailboxClaim) {
    this.#clock = clock;
    this.#claim = claim;
    this.#heldUntil = Date.parse(claim.until) - drainSeconds * 1_000;
  }

  close(): void {
    this.#closed = true;
  }

  /** @throws WorkSuperseded */
  requireHeld(): void {
    if (!this.#closed && Date.parse(this.#clock.now()) < this.#heldUntil) return;
    throw new MailferryError("WorkSuperseded", { mailbox: this.#claim.address });
  }
}

const fenced = (app: WorkerPorts, fence: Fence, { token }: MailboxClaim): WorkerPorts => ({
  ...app,
  accounts: recalledAccounts(behind(fence, app.accounts)),
  mailboxes: behind(fence, app.mailboxes.fencedBy(token)),
  workQueue: behind(fence, app.workQueue),
  mailServers: {
    enter: async (server, login) => session(fence, await app.mailServers.enter(server, login)),
  },
});

/** Every session can be left, also when there is nothing else left to do. */
const session = (fence: Fence, entered: MailSession): MailSession =>
  behind(fence, entered, (name) => name === "leave");

/** The same port; each call passes the fence first. */
const behind = <Port extends object>(
  fence: Fence,
  port: Port,
  isFree: (name: string | symbol) => boolean = () => false,
): Port =>
  new Proxy(port, {
    get: (target, name): unknown => {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== "function") return member;
      return (...input: readonly unknown[]): unknown => {
        if (!isFree(name)) fence.requireHeld();
        return Reflect.apply(member, target, input);
      };
    },
  });

/** What went wrong with the work is what counts; a claim that is not given up runs out. */
const leaveQuietly = async (app: ClaimPorts, claim: MailboxClaim): Promise<void> => {
  try {
    await leaveMailbox(app, claim);
  } catch {
    // The store may be what failed in the first place.
  }
};
