import { deduplicationOf, MailboxWork } from "../../events/mailbox-work.ts";
import type { Account } from "../../shared/contract/account.ts";
import { PassNumber } from "../../shared/contract/ids.ts";
import { copyQueue } from "../../shared/contract/queue.ts";
import { holdSeconds } from "../../shared/copy/claim-times.ts";
import type { Delivery } from "../../shared/copy/delivery.ts";
import { retryDelay } from "../../shared/copy/retry-delay.ts";
import { workMailbox } from "../../shared/copy/work-mailbox.ts";
import type { WorkerPorts } from "../../shared/copy/worker-ports.ts";
import type { AccessTokens } from "../../shared/ports/access-tokens.ts";
import type { MailServers } from "../../shared/ports/mail-server.ts";
import type { SecretStore } from "../../shared/ports/secret-store.ts";
import { FakeAccountStore } from "./fake-account-store.ts";
import { FakeClaimStore } from "./fake-claim-store.ts";
import { FakeClock } from "./fake-clock.ts";
import { FakeCredentialVault } from "./fake-credential-vault.ts";
import { FakeMailboxStore } from "./fake-mailbox-store.ts";
import { FakeMigrationStore } from "./fake-migration-store.ts";
import { FakePaceStore } from "./fake-pace-store.ts";
import { FakeUserStore } from "./fake-user-store.ts";
import { FakeWorkQueue } from "./fake-work-queue.ts";
import { FakeWorkflow } from "./fake-workflow.ts";
import { Interruption } from "./interruptions.ts";
import { exampleAccount, exampleId, inHistory } from "./migration-example.ts";

/** All the time of an invocation, in milliseconds. */
const unhurried = (): number => copyQueue.workerTimeoutSeconds * 1_000;

/** One mailbox on its way, with stores in memory and whatever mail servers it is given. */
export class CopyWorld {
  readonly clock = new FakeClock();
  readonly migrations = new FakeMigrationStore();
  readonly accounts = new FakeAccountStore();
  readonly mailboxes = new FakeMailboxStore();
  readonly claims = new FakeClaimStore();
  readonly pace = new FakePaceStore();
  readonly users = new FakeUserStore();
  readonly vault = new FakeCredentialVault();
  secrets: SecretStore = { read: async () => "secret" };
  tokens: AccessTokens = { tokenFor: async () => "token" };
  readonly workQueue = new FakeWorkQueue();
  readonly workflow = new FakeWorkflow();
  readonly mailServers: Pick<MailServers, "enter">;
  readonly account: Account;
  /** How long a visit goes on. @default each message does its own piece of work only, so that a test can step in between */
  visitMilliseconds = 0;
  /** Called when a message of the queue is done with. */
  afterWork: (work: MailboxWork) => void = () => undefined;
  #pass = 0;
  #receives = 0;

  private constructor(mailServers: Pick<MailServers, "enter">, account: Account) {
    this.mailServers = mailServers;
    this.account = account;
  }

  /** A migration in its history phase with one account, whose passwords are held. */
  static async with(
    mailServers: Pick<MailServers, "enter">,
    account: Account = exampleAccount(1),
    migration = inHistory({ fannedOut: true }),
  ): Promise<CopyWorld> {
    const world = new CopyWorld(mailServers, account);
    await world.migrations.create(migration);
    await world.accounts.createAll([account]);
    for (const side of ["source", "target"] as const) {
      await world.vault.keep({ migrationId: exampleId, address: account.address, side }, "secret");
    }
    return world;
  }

  /** Puts the plan of the next pass on the queue, as the fan-out does. */
  async startPass(): Promise<PassNumber> {
    this.#pass += 1;
    const { migrationId, address } = this.account;
    const pass = PassNumber.parse(this.#pass);
    await this.workQueue.send([MailboxWork.parse({ work: "plan", migrationId, address, pass })]);
    return pass;
  }

  /**
   * Works off the queue as Lambda would: work that fails is delivered again, up to the queue's limit. `ports` are what the worker
   * gets to see; no more than so many deliveries are made. @throws Interruption when the worker died; the message stays at the head of the queue
   */
  async workOff(
    ports: WorkerPorts = this,
    remainingMilliseconds = unhurried,
    deliveries = Number.POSITIVE_INFINITY,
  ): Promise<void> {
    for (let made = 0; made < deliveries; made += 1) {
      const [work] = this.workQueue.waiting;
      if (work === undefined) return;
      const delivery = this.#receive(work);
      try {
        await workMailbox(ports, {
          ...delivery,
          remainingMilliseconds,
          visitMilliseconds: this.visitMilliseconds,
        });
      } catch (thrown) {
        if (thrown instanceof Interruption) throw thrown;
        this.clock.advance(retryDelay(thrown, delivery.receiveCount));
        if (delivery.receiveCount < copyQueue.maxReceiveCount) continue;
      }
      this.#finish(work);
    }
  }

  /**
   * What a second worker does while the first is suspended in the midst of its work: when the message has come back by itself, it
   * receives it and does it. By then every claim has run out.
   */
  async takeOver(): Promise<void> {
    const [work] = this.workQueue.waiting;
    if (work === undefined) return;
    this.clock.advance(holdSeconds(unhurried()));
    const { visitMilliseconds } = this;
    await workMailbox(this, {
      ...this.#receive(work),
      remainingMilliseconds: unhurried,
      visitMilliseconds,
    });
    this.#finish(work);
  }

  #receive(work: MailboxWork): Pick<Delivery, "work" | "messageId" | "receiveCount"> {
    this.#receives += 1;
    return { work, messageId: deduplicationOf(work), receiveCount: this.#receives };
  }

  /** Deletes the message, unless somebody else has done it meanwhile. */
  #finish(work: MailboxWork): void {
    if (this.workQueue.waiting[0] !== work) return;
    this.workQueue.waiting.shift();
    this.#receives = 0;
    this.afterWork(work);
  }

  async state(): Promise<Account> {
    const account = await this.accounts.get(exampleId, this.account.address);
    if (account === null) throw new Error("The account is gone.");
    return account;
  }
}
