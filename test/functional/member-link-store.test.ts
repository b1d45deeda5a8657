import { describe, expect, it } from "vitest";
import { linkTokens } from "../../functions/adapters/crypto/link-tokens.ts";
import { dynamoMemberLinkStore } from "../../functions/adapters/dynamodb/member-link-store.ts";
import { MemberAccess } from "../../shared/contract/member-link.ts";
import { exampleAccount } from "../support/migration-example.ts";
import { openStateTable } from "../support/state-table.ts";

const { migrationId, address } = exampleAccount(1);
const digest = linkTokens.digestOf(linkTokens.mint());
const access = MemberAccess.parse({
  migrationId,
  address,
  link: {
    digest,
    issuedAt: "2026-11-22T08:00:00.000Z",
    expiresAt: "2026-12-06T08:00:00.000Z",
    failures: 0,
  },
  failures: 0,
});

describe("the members' links in the state table", () => {
  it("are found by their digest alone", async () => {
    const store = dynamoMemberLinkStore((await openStateTable()).table);
    expect(await store.link(digest)).toBeNull();
    await store.createLink({ digest, migrationId, address });
    expect(await store.link(digest)).toEqual({ digest, migrationId, address });
    expect(await store.link(linkTokens.digestOf("another"))).toBeNull();
  });

  it("are decided by one record of the mailbox, which only who knows how it stands can change", async () => {
    const store = dynamoMemberLinkStore((await openStateTable()).table);
    const counted = { ...access, failures: 1 };
    expect(await store.access({ migrationId, address })).toBeNull();
    expect(await store.replaceAccess(null, access)).toBe(true);
    expect(await store.replaceAccess(null, counted)).toBe(false);
    const both = [counted, { ...access, failures: 2 }].map((next) => store.replaceAccess(access, next));
    expect((await Promise.all(both)).filter(Boolean)).toHaveLength(1);
    expect(await store.replaceAccess(access, counted)).toBe(false);
    expect((await store.access({ migrationId, address }))?.failures).toBeGreaterThan(0);
  });
});

describe("a token", () => {
  it("has 256 bits, never the same ones, and a digest of SHA-256", () => {
    const tokens = Array.from({ length: 100 }, () => linkTokens.mint());
    expect(new Set(tokens).size).toBe(100);
    for (const token of tokens) expect(Buffer.from(token, "base64url")).toHaveLength(32);
    // FIPS 180-4: SHA-256("abc") = ba7816bf…f20015ad
    expect(linkTokens.digestOf("abc")).toBe("ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0");
  });
});
