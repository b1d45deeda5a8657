import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import {
  type AdministeredCompany,
  addresses,
  administeredCompany,
  mistyped,
} from "../support/administered-company.ts";
import { searchSecrets } from "../support/search-secrets.ts";
import { printedOnPurpose, type StartedPipeline, startPipeline } from "../support/started-pipeline.ts";

const Document = z.object({
  accounts: z.object({ total: z.number(), completed: z.number(), notStarted: z.number() }),
  perAccount: z.array(z.object({ address: z.string(), status: z.string(), reason: z.string().nullable() })),
});

/** A sheet with rows that cannot be used ends every run with 3. */
const migrate = async (pipeline: StartedPipeline, company: AdministeredCompany) => {
  const files = ["--settings", company.settingsFile, "--accounts", company.accountsFile];
  const words = ["--through", "history", "--report", join(pipeline.printed, "report.xlsx"), "--json"];
  const { status, stdout, stderr } = await pipeline.run("migrate", [...files, ...words]);
  expect({ status, stderr }).toMatchObject({ status: 3 });
  return Document.parse(JSON.parse(stdout));
};

describe("a migration with an administrator's password and the new passwords in the sheet", () => {
  it("leaves none of them behind, right or wrong, in good rows or bad ones, in any form", async () => {
    const company = await administeredCompany();
    const pipeline = await startPipeline();
    const { directory } = pipeline;
    const total = addresses.length;

    const refused = await migrate(pipeline, company);
    expect(refused.accounts).toEqual({ total, completed: 0, notStarted: total });
    expect(refused.perAccount.map(({ reason }) => reason)).toEqual(
      addresses.map(() => expect.stringMatching(/^The source server does not open .* for the master user/)),
    );
    await company.correctSettings();
    const entered = await migrate(pipeline, company);
    expect(entered.accounts).toEqual({ total, completed: total - 1, notStarted: 1 });
    expect(entered.perAccount.find(({ address }) => address === mistyped)?.reason).toContain(
      "target server refused the login",
    );
    await company.correctSheet();
    expect((await migrate(pipeline, company)).accounts).toEqual({ total, completed: total, notStarted: 0 });
    await pipeline.stop();

    expect(await searchSecrets(directory, company.secrets)).toEqual([]);

    // The rows of the passwords that were not taken are kept where a search looks, and so is whatever is printed.
    const places = (
      await searchSecrets(directory, [
        { name: "a rejected row", secret: "nobody@elsewhere.test" },
        { name: "the administrator", secret: "administrator" },
        printedOnPurpose,
      ])
    ).join("\n");
    for (const place of [
      /^cloud\/s3\/\S+ .*: a rejected row/m,
      /^printed\/accounts\.errors\.xlsx \(packed\): a rejected row/m,
      /^cloud\/dynamodb\/.*: the administrator/m,
      /^cloud\/states\/.*: the administrator/m,
      /^printed\/start\.stdout: what was printed on purpose/m,
      /^printed\/start\.stderr: what was printed on purpose/m,
    ]) {
      expect(places).toMatch(place);
    }
    for (const { secret } of company.secrets)
      await appendFile(join(directory, "cloud/logs/planted.log"), JSON.stringify({ secret }));
    expect(await searchSecrets(directory, company.secrets)).toEqual(
      company.secrets.map(({ name }) => `cloud/logs/planted.log: ${name} as JSON`).sort(),
    );
  });
});
