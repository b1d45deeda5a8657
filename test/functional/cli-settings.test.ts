import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { holdSettings, readPointedAt } from "../../infra/local/cli/hold-settings.ts";
import { readSettings } from "../../infra/local/cli/read-settings.ts";
import { UnusableInput } from "../../infra/local/cli/unusable-input.ts";
import { MigrationId } from "../../shared/contract/ids.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "mailferry-settings-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const write = async (settings: unknown): Promise<string> => {
  const file = join(folder, "migration.json");
  await writeFile(file, typeof settings === "string" ? settings : JSON.stringify(settings));
  return file;
};

const withMaster = (password: unknown) => ({
  domain: "example.test",
  source: { host: "127.0.0.1", tls: "none" },
  target: { kind: "imap", host: "127.0.0.1", auth: { kind: "master", user: "migrator", password } },
});

/** What a migration holds of a file of settings, and the secrets that are kept apart, by name. */
const hold = async (file: string) => {
  const kept: [string, string][] = [];
  const held = await holdSettings(
    await readPointedAt(await readSettings(file), file),
    MigrationId.parse("example.test-1"),
    async (name, value) => {
      kept.push([name, value]);
      return { secretArn: `arn:aws:secretsmanager:eu-central-1:000000000000:secret:mailferry/${name}` };
    },
  );
  return { held, kept };
};

describe("the settings of a command", () => {
  it("refuses what is no JSON, and says so", async () => {
    await expect(readSettings(await write("{ domain: "))).rejects.toThrow(/JSON/);
  });

  it("names a missing file", async () => {
    await expect(readSettings(join(folder, "absent.json"))).rejects.toThrow(/absent\.json/);
  });

  it("names the environment variable and the file whose secret is missing", async () => {
    const file = await write(withMaster({ env: "MAILFERRY_TEST_ABSENT" }));
    await expect(readPointedAt(await readSettings(file), file)).rejects.toThrow(
      /target\.auth\.password.*MAILFERRY_TEST_ABSENT/,
    );
    const other = await write(withMaster({ file: "absent.txt" }));
    await expect(readPointedAt(await readSettings(other), other)).rejects.toThrow(
      /target\.auth\.password.*absent\.txt/,
    );
  });

  it("names a directory file that is not there", async () => {
    const file = await write({ ...withMaster("x"), directory: { kind: "file", path: "members.json" } });
    await expect(readPointedAt(await readSettings(file), file)).rejects.toBeInstanceOf(UnusableInput);
  });

  it("holds the secrets of access tokens by reference, and refuses a file that is no service account's key", async () => {
    const key = JSON.stringify({
      type: "service_account",
      client_email: "ferry@project.iam.gserviceaccount.com",
      private_key: "-----BEGIN PRIVATE KEY-----\nkorrekt\n-----END PRIVATE KEY-----\n",
    });
    await writeFile(join(folder, "key.json"), key);
    const withTokens = (serviceAccount: unknown) => ({
      domain: "example.test",
      source: { host: "imap.gmail.com", auth: { kind: "oauth2", provider: "google", serviceAccount } },
      target: {
        kind: "imap",
        host: "outlook.office365.com",
        auth: {
          kind: "oauth2",
          provider: "microsoft365",
          tenant: "example.test",
          clientId: "7f0e",
          clientSecret: "in clear",
        },
      },
    });
    const file = await write(withTokens({ file: "key.json" }));
    const { held, kept } = await hold(file);
    expect(kept).toEqual([
      ["example.test-1/source-oauth2", key],
      ["example.test-1/target-oauth2", "in clear"],
    ]);
    expect(JSON.stringify(held)).not.toMatch(/korrekt|in clear/);
    expect(held.source.auth).toMatchObject({ serviceAccount: { secretArn: expect.any(String) } });
    expect(held.target.auth).toMatchObject({ clientSecret: { secretArn: expect.any(String) } });

    const wrong = await write(withTokens("no key"));
    await expect(readPointedAt(await readSettings(wrong), wrong)).rejects.toThrow(
      /source\.auth\.serviceAccount/,
    );
  });

  it("holds WeCom's secret by reference too, and names it when it is missing", async () => {
    const directory = { kind: "wecom", corpId: "ww0", secret: { file: "wecom.txt" } };
    const file = await write({ ...withMaster("x"), directory });
    await expect(readPointedAt(await readSettings(file), file)).rejects.toThrow(
      /directory\.secret.*wecom\.txt/,
    );
    await writeFile(join(folder, "wecom.txt"), "wecom-secret\n");
    const { held, kept } = await hold(file);
    expect(kept).toContainEqual(["example.test-1/wecom", "wecom-secret"]);
    expect(JSON.stringify(held)).not.toContain("wecom-secret");
  });

  it("holds a secret by reference: its value is in nothing that a workflow sees", async () => {
    await writeFile(join(folder, "master.txt"), "korrekt-pferd\n");
    const file = await write(withMaster({ file: "master.txt" }));
    const { held, kept } = await hold(file);
    expect(kept).toEqual([["example.test-1/target-master", "korrekt-pferd"]]);
    expect(JSON.stringify(held)).not.toContain("korrekt-pferd");
    expect(held.target.auth).toMatchObject({
      password: { secretArn: expect.stringContaining("target-master") },
    });
  });
});
