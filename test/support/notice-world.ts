import { NoticeWork } from "../../events/notice-work.ts";
import { linkTokens } from "../../functions/adapters/crypto/link-tokens.ts";
import type { Account } from "../../shared/contract/account.ts";
import { Migration } from "../../shared/contract/migration.ts";
import { HeldSettings } from "../../shared/contract/settings.ts";
import { sendNotice } from "../../shared/notices/send-notice.ts";
import { FakeAccountStore } from "./fake-account-store.ts";
import { FakeClock } from "./fake-clock.ts";
import { FakeCredentialVault } from "./fake-credential-vault.ts";
import { FakeMailSender } from "./fake-mail-sender.ts";
import { FakeMemberCards } from "./fake-member-cards.ts";
import { FakeMemberLinkStore } from "./fake-member-link-store.ts";
import { FakeMigrationStore } from "./fake-migration-store.ts";
import { FakeNoticeQueue } from "./fake-notice-queue.ts";
import { exampleAccount, exampleId, exampleSettings, inHistory } from "./migration-example.ts";

/** Where links lead in these worlds. */
export const pageUrl = "https://page.example.test/m";

/** Everything that notices work with, in memory; only the tokens are real. */
export class NoticeWorld {
  readonly clock = new FakeClock();
  readonly migrations = new FakeMigrationStore();
  readonly accounts = new FakeAccountStore(3);
  readonly vault = new FakeCredentialVault();
  readonly memberLinks = new FakeMemberLinkStore();
  readonly mailSender = new FakeMailSender();
  readonly memberCards = new FakeMemberCards();
  readonly noticeQueue = new FakeNoticeQueue();
  readonly linkTokens = linkTokens;

  /** What is recorded of the n-th member's account. */
  async account(number = 1): Promise<Account> {
    const account = await this.accounts.get(exampleId, exampleAccount(number).address);
    if (account === null) throw new Error(`There is no account ${number}.`);
    return account;
  }

  /** Writes something else into the n-th member's account. */
  async amend(differing: Partial<Account>, number = 1): Promise<void> {
    const account = await this.account(number);
    await this.accounts.replace(account, Object.assign({ ...account }, differing));
  }

  /** Whether a link is the one that now opens its mailbox' page. */
  async holds(url: string, number = 1): Promise<boolean> {
    const access = await this.memberLinks.access(exampleAccount(number));
    return access?.link?.digest === this.linkTokens.digestOf(url.slice(pageUrl.length + 1));
  }
}

const asking = {
  members: { ask: true },
  notices: { from: "it@yunfan.example", admin: "admin@yunfan.example" },
};

/** The directory whose app sends cards. */
export const cards = {
  directory: {
    kind: "wecom",
    corpId: "ww1",
    secret: { secretArn: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:mailferry/w" },
    agentId: 1_000_002,
  },
};

/** A history whose members are asked, with what differs in its settings. */
export const askingHistory = (differing: object = {}): Migration =>
  Migration.parse({
    ...inHistory(),
    settings: HeldSettings.parse({ ...exampleSettings, ...asking, ...differing }),
  });

/** The state of an account whose member is asked. */
export const asked: Account["state"] = { status: "notStarted", reason: { kind: "memberAsked" } };

/** A world with such a migration and accounts that wait for their passwords. */
export const noticeWorld = async (
  migration: Migration = askingHistory(),
  count = 1,
): Promise<NoticeWorld> => {
  const world = new NoticeWorld();
  await world.migrations.create(migration);
  for (let number = 1; number <= count; number += 1) {
    await world.accounts.createAll([exampleAccount(number, { state: asked })]);
  }
  return world;
};

/** The message about the n-th member, of one kind. */
export const noticeTo = (
  notice: NoticeWork["notice"],
  number = 1,
  manner: Pick<NoticeWork, "despiteFailure"> = {},
): NoticeWork =>
  NoticeWork.parse({ migrationId: exampleId, address: exampleAccount(number).address, notice, ...manner });

/** Sends it. */
export const sendTo = (app: NoticeWorld, work: NoticeWork = noticeTo("ask")) =>
  sendNotice(app, work, pageUrl);

/** The link in a mail. */
export const linkIn = (text: string): string => {
  const [url] = /https:\/\/page\.example\.test\/m\/[\w-]{43}/.exec(text) ?? [];
  if (url === undefined) throw new Error("There is no link in the text.");
  return url;
};
