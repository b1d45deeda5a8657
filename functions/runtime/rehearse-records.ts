import { Migration } from "../../shared/contract/migration.ts";

/**
 * A migration's record read, while the environment comes up: nearly every function reads it before anything else, and the first time,
 * when the many schemas in it are put together, takes ten times as long as the next.
 *
 * @throws ZodError when this is no migration any more
 */
export const rehearseRecords = async (): Promise<void> => {
  Migration.parse({ phase: "accounts", ...checked });
  Migration.parse({ phase: "history", ...checked, pass });
};

const at = "1970-01-01T00:00:00.000Z";

const checked = {
  migrationId: "nothing",
  domain: "example.test",
  settings: {
    domain: "example.test",
    source: { host: "imap.example.test" },
    target: { kind: "imap", host: "imap.example.test" },
    mx: { expected: [{ preference: 10, exchange: "mx.example.test" }] },
  },
  createdAt: at,
  findings: {
    checkedAt: at,
    mx: [{ preference: 10, exchange: "mx.example.test", ttl: 600 }],
    provider: null,
    sourceCapabilities: ["IMAP4rev1"],
    targetCapabilities: ["IMAP4rev1"],
  },
};

const pass = { number: 1, kind: "initial", requestedAt: at, fannedOut: false };
