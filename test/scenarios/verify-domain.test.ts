import { describe, expect, it } from "vitest";
import { verifyDomain } from "../../shared/domain/verify-domain.ts";
import { eventually } from "../support/eventually.ts";
import { FakePipeline, pipelineWith } from "../support/fake-pipeline.ts";
import { interruptEverywhere } from "../support/interruptions.ts";
import {
  everyServer,
  exampleAuthoritative,
  exampleDomain,
  exampleId,
  exampleResolvers,
  exampleSettings,
  inAccounts,
  inSwitch,
  newSet,
  oldSet,
} from "../support/migration-example.ts";
import { recorded } from "../support/recorded.ts";
import { withWecom } from "../support/wecom-migration.ts";

const event = { executionName: exampleId, settings: exampleSettings };

const withDns = (app = new FakePipeline()): FakePipeline => {
  app.names.answerAll(everyServer, exampleDomain, oldSet);
  return app;
};

describe("verifying a domain", () => {
  it("records what was found, wherever it is interrupted", async () => {
    const cuts = await interruptEverywhere({
      begin: async () => withDns(),
      run: (app) => verifyDomain(app, event),
      check: async (app) =>
        expect(await recorded(app)).toEqual({
          phase: "accounts",
          migrationId: exampleId,
          domain: exampleDomain,
          settings: exampleSettings,
          createdAt: app.clock.now(),
          findings: {
            checkedAt: app.clock.now(),
            mx: oldSet,
            provider: null,
            sourceCapabilities: ["IMAP4rev1", "CONDSTORE"],
            targetCapabilities: ["IMAP4rev1", "UIDPLUS"],
          },
        }),
    });
    expect(cuts).toBeGreaterThan(15);
  });

  it("looks at the servers while the migration is being recorded, and at its directory when it is", async () => {
    const app = withDns();
    const { mailServers, migrations } = app;
    const create = migrations.create.bind(migrations);
    migrations.create = async (migration) => {
      await eventually("a look at both servers", () => (mailServers.probed.length === 2 ? true : undefined));
      return create(migration);
    };
    const found: unknown[] = [];
    app.directoryReader.whenRead = async () => {
      found.push((await migrations.get(exampleId))?.phase);
    };
    await verifyDomain(app, { ...event, settings: withWecom().settings });
    expect(found).toEqual(["domain"]);
    expect(await recorded(app)).toMatchObject({ phase: "accounts" });
  });

  it("recognises the provider and keeps the largest TTL any authoritative server gives", async () => {
    const app = withDns();
    const [first = "", second = ""] = exampleAuthoritative;
    const record = { preference: 5, exchange: "QIYE163mx01.mxmail.netease.com.", ttl: 60 };
    app.names.answer(first, exampleDomain, [record]);
    app.names.answer(second, exampleDomain, [{ ...record, ttl: 7_200 }]);
    await verifyDomain(app, event);
    expect(await recorded(app)).toMatchObject({
      findings: {
        provider: "netease-qiye",
        mx: [{ preference: 5, exchange: "qiye163mx01.mxmail.netease.com", ttl: 7_200 }],
      },
    });
  });

  it("allows a domain that has no MX yet", async () => {
    const app = withDns();
    app.names.answerAll(everyServer, exampleDomain, "noRecords");
    await verifyDomain(app, event);
    expect(await recorded(app)).toMatchObject({ phase: "accounts", findings: { mx: [], provider: null } });
  });

  it("finds the authoritative servers by delegation when the settings name none", async () => {
    const app = withDns();
    const { authoritative: _authoritative, ...mx } = exampleSettings.mx;
    const settings = { ...exampleSettings, mx };
    await verifyDomain(app, { ...event, settings });
    expect(await recorded(app)).toMatchObject({ phase: "accounts", findings: { mx: null } });
    app.names.delegate(exampleDomain, exampleAuthoritative);
    expect(await verifyDomain(app, { ...event, settings })).toEqual({ migrationId: exampleId });
    expect(await recorded(app)).toMatchObject({ findings: { mx: oldSet } });
  });

  it.each([
    ["resolver", exampleResolvers, oldSet],
    ["authoritative server", exampleAuthoritative, null],
  ] as const)(
    "goes on without an answer of any %s, and assumes nothing of its own",
    async (_role, silent, mx) => {
      const app = withDns();
      app.names.answerAll(silent, exampleDomain, "unreachable");
      await verifyDomain(app, event);
      expect(await recorded(app)).toMatchObject({ phase: "accounts", findings: { mx } });
    },
  );

  it("takes a domain written in Chinese by its name in DNS", async () => {
    const app = new FakePipeline();
    app.names.answerAll(everyServer, "xn--fiqs8s.example", oldSet);
    const settings = { ...exampleSettings, domain: "中国.Example." };
    await verifyDomain(app, { ...event, settings });
    expect((await recorded(app)).domain).toBe("xn--fiqs8s.example");
  });
});

describe("a domain that cannot be verified", () => {
  it("because it does not exist", async () => {
    const app = withDns();
    app.names.answerAll(everyServer, exampleDomain, "noSuchDomain");
    await expect(verifyDomain(app, event)).rejects.toMatchObject({ name: "DomainUnusable" });
  });

  it.each([
    ["source", exampleSettings.source.host, "ServerUnreachable"],
    ["target", exampleSettings.target.host, "TlsFailed"],
  ] as const)("because the %s cannot be reached, is verified by the next try", async (side, host, error) => {
    const app = withDns();
    app.mailServers.failProbe(host, error);
    await expect(verifyDomain(app, event)).rejects.toMatchObject({ name: error, evidence: { side } });
    expect(await recorded(app)).toMatchObject({ phase: "domain", failure: { error: { name: error } } });
    app.mailServers.recover(host);
    await verifyDomain(app, event);
    const migration = await recorded(app);
    expect(migration.phase).toBe("accounts");
    expect(migration.failure).toBeUndefined();
  });

  it("because its settings are unusable leaves nothing behind", async () => {
    const app = withDns();
    const settings = { ...exampleSettings, source: { host: "imap.yunfan.example", hots: 1 }, copy: { x: 1 } };
    const failed = verifyDomain(app, { ...event, settings });
    await expect(failed).rejects.toMatchObject({ name: "SettingsUnusable" });
    await expect(failed).rejects.toThrow(/source\.hots: unknown key.*copy\.x: unknown key/);
    expect(await app.migrations.list()).toEqual([]);
  });
});

describe("a migration that is already recorded", () => {
  it("is taken up where it stands, with the present settings and without its failure", async () => {
    const at = inSwitch().createdAt;
    const error = { name: "WorkflowFailed", evidence: { error: "x", cause: "y" } } as const;
    const app = withDns(await pipelineWith(inSwitch({ failure: { error, at } })));
    const settings = { ...exampleSettings, source: { ...exampleSettings.source, port: 1_993 } };
    await verifyDomain(app, { ...event, settings });
    const migration = await recorded(app);
    expect(migration).toMatchObject({ phase: "switch", settings: { source: { port: 1_993 } } });
    expect(migration.failure).toBeUndefined();
  });

  it("keeps the old MX set once the new one is there, because senders may still hold it", async () => {
    for (const migration of [inAccounts(), inSwitch()]) {
      const app = withDns(await pipelineWith(migration));
      app.names.answerAll(everyServer, exampleDomain, newSet);
      await verifyDomain(app, event);
      expect(await recorded(app)).toMatchObject({ findings: { mx: oldSet } });
    }
  });

  it("is not given to another domain", async () => {
    const app = withDns(await pipelineWith(inSwitch()));
    const settings = { ...exampleSettings, domain: "another.example" };
    await expect(verifyDomain(app, { ...event, settings })).rejects.toMatchObject({
      name: "SettingsUnusable",
    });
    expect(await recorded(app)).toEqual(inSwitch());
  });
});
