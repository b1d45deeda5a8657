import type { MailboxWork } from "../../events/mailbox-work.ts";
import { pinyinNames } from "../../functions/adapters/pinyin/chinese-names.ts";
import type { Account } from "../../shared/contract/account.ts";
import type { Migration } from "../../shared/contract/migration.ts";
import { beginPass } from "../../shared/copy/progress.ts";
import { settlePass } from "../../shared/passes/settle-pass.ts";
import { FakeAccountStore } from "./fake-account-store.ts";
import { FakeAllocationStore } from "./fake-allocation-store.ts";
import { FakeClaimStore } from "./fake-claim-store.ts";
import { FakeClock } from "./fake-clock.ts";
import { FakeCredentialVault } from "./fake-credential-vault.ts";
import { FakeDirectoryReader } from "./fake-directory-reader.ts";
import { FakeDirectoryStore } from "./fake-directory-store.ts";
import { FakeEventBus } from "./fake-event-bus.ts";
import { FakeImportStore } from "./fake-import-store.ts";
import { FakeImportTurns } from "./fake-import-turns.ts";
import { FakeMailServers } from "./fake-mail-servers.ts";
import { FakeMailboxStore } from "./fake-mailbox-store.ts";
import { FakeMemberLinkStore } from "./fake-member-link-store.ts";
import { FakeMigrationStore } from "./fake-migration-store.ts";
import { FakeNameService } from "./fake-name-service.ts";
import { FakeNoticeQueue } from "./fake-notice-queue.ts";
import { FakeObjectStore } from "./fake-object-store.ts";
import { FakeWorkQueue } from "./fake-work-queue.ts";
import { FakeWorkflow } from "./fake-workflow.ts";

/** Every port the passes, phases and the switch work with, in memory. */
export class FakePipeline {
  readonly clock = new FakeClock();
  readonly migrations = new FakeMigrationStore();
  readonly directories = new FakeDirectoryStore();
  readonly directoryReader = new FakeDirectoryReader();
  readonly accounts = new FakeAccountStore(7);
  readonly mailboxes = new FakeMailboxStore();
  readonly claims = new FakeClaimStore();
  readonly turns = new FakeImportTurns();
  readonly imports = new FakeImportStore();
  readonly memberLinks = new FakeMemberLinkStore();
  readonly workflow = new FakeWorkflow();
  readonly workQueue = new FakeWorkQueue();
  readonly noticeQueue = new FakeNoticeQueue();
  readonly vault = new FakeCredentialVault();
  readonly names = new FakeNameService();
  readonly bus = new FakeEventBus();
  readonly mailServers = new FakeMailServers();
  readonly objects = new FakeObjectStore();
  readonly allocations = new FakeAllocationStore();
  readonly chineseNames = pinyinNames;
}

/** A pipeline that already holds a migration and its accounts. */
export const pipelineWith = async (
  migration: Migration | null,
  accounts: readonly Account[] = [],
): Promise<FakePipeline> => {
  const pipeline = new FakePipeline();
  if (migration !== null) await pipeline.migrations.create(migration);
  for (const account of accounts) await pipeline.accounts.createAll([account]);
  return pipeline;
};

/** Time without end, for calls whose deadline is not the matter. */
export const unhurried = (): number => 900_000;

/**
 * Stands in for the workers: works off every plan on the queue, ending its account's pass with so many messages copied, and
 * settles. Work for a pass the account has already ended is dropped, as the real worker does; work that is cut off is
 * delivered again.
 */
export const workOff = async (
  pipeline: FakePipeline,
  copied: (account: Account) => number = () => 0,
): Promise<void> => {
  for (let work = pipeline.workQueue.next(); work !== null; work = pipeline.workQueue.next()) {
    await endPass(pipeline, work, copied);
    await settlePass(pipeline, work.migrationId);
    pipeline.workQueue.finish();
  }
};

const endPass = async (
  { accounts, clock }: FakePipeline,
  work: MailboxWork,
  copied: (account: Account) => number,
): Promise<void> => {
  const { pass } = work;
  const account = await beginPass({ accounts, clock }, work, pass, work.round);
  if (account?.state.status !== "copying" || account.state.pass !== pass) return;
  const copiedInPass = copied(account);
  await accounts.replace(account, {
    ...account,
    state: { status: "completed", pass, since: clock.now(), copiedInPass },
    copiedEver: account.copiedEver + copiedInPass,
  });
};
