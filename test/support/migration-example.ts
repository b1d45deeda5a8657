import { Account } from "../../shared/contract/account.ts";
import { MailAddress, MigrationId, PassNumber, Timestamp } from "../../shared/contract/ids.ts";
import { Migration, type MigrationIn } from "../../shared/contract/migration.ts";
import { HeldSettings } from "../../shared/contract/settings.ts";

export const exampleId = MigrationId.parse("yunfan.example-k3v9");
export const exampleDomain = "yunfan.example";
export const exampleAuthoritative = ["192.0.2.1:53", "192.0.2.2:53"];
export const exampleResolvers = ["192.0.2.11:53", "192.0.2.12:53"];
export const everyServer = [...exampleAuthoritative, ...exampleResolvers];

/** The MX set before the change; its larger TTL is ten minutes. */
export const oldSet = [
  { preference: 10, exchange: "mx1.old.example", ttl: 600 },
  { preference: 20, exchange: "mx2.old.example", ttl: 300 },
];
/** The set the example's settings expect, as a server answers it. */
export const newSet = [
  { preference: 5, exchange: "mxbiz1.qq.com", ttl: 300 },
  { preference: 10, exchange: "mxbiz2.qq.com", ttl: 300 },
];

/** The example's settings as a person would hold them. */
export const exampleSettings = HeldSettings.parse({
  domain: exampleDomain,
  source: { host: "imap.yunfan.example" },
  target: { kind: "imap", host: "imap.new.example" },
  mx: { authoritative: exampleAuthoritative, resolvers: exampleResolvers },
});

const at = Timestamp.parse("2026-11-22T08:00:00.000Z");
const checked = {
  migrationId: exampleId,
  domain: exampleDomain,
  settings: exampleSettings,
  createdAt: at,
  findings: {
    checkedAt: at,
    mx: oldSet,
    provider: null,
    sourceCapabilities: ["IMAP4rev1"],
    targetCapabilities: ["IMAP4rev1"],
  },
};

/** A migration whose domain is checked and that waits for its accounts. */
export const inAccounts = (): Migration => Migration.parse({ phase: "accounts", ...checked });

/** A migration in the history phase whose first pass has been requested, with what differs. */
export const inHistory = (pass: Partial<MigrationIn<"history">["pass"]> = {}): Migration =>
  Migration.parse({ phase: "history", ...checked, pass: { ...firstPass, ...pass } });

/** A migration whose history is copied and that waits for the MX change, with what differs. */
export const inSwitch = (
  differing: Partial<Pick<MigrationIn<"switch">, "pass" | "switch" | "failure">> = {},
): MigrationIn<"switch"> => {
  const migration = Migration.parse({
    phase: "switch",
    ...checked,
    pass: { ...firstPass, fannedOut: true, settledAt: at, copied: 0 },
    switch: { stage: "awaitingMx", since: at },
    ...differing,
  });
  if (migration.phase !== "switch") throw new Error("The example is not in its switch phase.");
  return migration;
};

/** A migration whose MX change is verified and whose old server is being drained, with what differs of its pass. */
export const inDrain = (pass: Partial<MigrationIn<"switch">["pass"]> = {}): MigrationIn<"switch"> =>
  inSwitch({
    pass: { ...inSwitch().pass, ...pass },
    switch: { stage: "draining", verifiedAt: at, drainUntil: at },
  });

const firstPass = {
  number: PassNumber.parse(1),
  kind: "initial",
  requestedAt: at,
  fannedOut: false,
} as const;

/** The same migration, on whose phase the workflow waits with this token. */
export const awaitedWith = (taskToken: string, migration: Migration): Migration =>
  Migration.parse({ ...migration, taskToken });

/** The n-th member's account, never started, with what differs. */
export const exampleAccount = (number: number, differing: Partial<Pick<Account, "state">> = {}): Account =>
  Account.parse({
    kind: "member",
    migrationId: exampleId,
    address: MailAddress.parse(`member${number}@${exampleDomain}`),
    target: `member${number}@${exampleDomain}`,
    name: `成员${number}`,
    memberId: `member${number}`,
    department: "销售部",
    importedAt: at,
    state: { status: "notStarted", reason: { kind: "historyNotBegun" } },
    copiedEver: 0,
    ...differing,
  });

/** The state of an account that has ended a pass. */
export const completed = (pass: number, copiedInPass = 0): Account["state"] => ({
  status: "completed",
  pass: PassNumber.parse(pass),
  since: at,
  copiedInPass,
});
