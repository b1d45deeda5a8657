import { describe, expect, it } from "vitest";
import { observeAuthoritative, observeResolvers } from "../../../shared/switch/observe-mx.ts";
import { FakeNameService } from "../../support/fake-name-service.ts";
import { exampleSettings } from "../../support/migration-example.ts";

const { authoritative: _authoritative, resolvers: _resolvers, ...mx } = exampleSettings.mx;
const settings = { ...exampleSettings, mx };

describe("a name outside the public DNS", () => {
  it("is not asked about in public, where nobody can know it", async () => {
    for (const domain of ["yunfan.example", "company.test", "office.lan", "corp.local"]) {
      const asked = { domain, settings };
      expect(await observeResolvers(new FakeNameService(), asked)).toEqual([]);
      expect(await observeAuthoritative(new FakeNameService(), asked)).toMatchObject([
        { answer: "none", absence: "unreachable" },
      ]);
    }
  });

  it("is asked about where the settings say so, as every other name is by default", async () => {
    const names = new FakeNameService();
    const given = {
      domain: "yunfan.example",
      settings: { ...settings, mx: { ...mx, resolvers: ["192.0.2.1"] } },
    };
    expect(await observeResolvers(names, given)).toMatchObject([{ server: "192.0.2.1" }]);
    expect(await observeResolvers(names, { domain: "yunfan.com", settings })).toHaveLength(
      names.defaultResolvers().length,
    );
    expect(names.defaultResolvers().length).toBeGreaterThan(0);
  });
});
