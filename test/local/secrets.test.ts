import { copyFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { type NamedSecret, searchSecrets } from "../support/search-secrets.ts";
import {
  addressOf,
  fillInPassword,
  passwordFor,
  rejectedAddress,
  type SecretiveCompany,
  secretiveCompany,
  ways,
} from "../support/secretive-company.ts";
import { printedOnPurpose, type StartedPipeline, startPipeline } from "../support/started-pipeline.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const Document = z.object({
  accounts: z.object({ total: z.number(), completed: z.number() }),
});

const wrong = (way: string): NamedSecret => ({
  name: `the wrong password by way of the ${way}`,
  secret: `fälsch "&<${way}>\\密码+/%'?`,
});

const migrate = async (pipeline: StartedPipeline, company: SecretiveCompany) => {
  const files = ["--settings", company.settingsFile, "--accounts", company.accountsFile];
  const words = ["--through", "history", "--report", join(pipeline.printed, "report.xlsx"), "--json"];
  const { status, stdout } = await pipeline.run("migrate", [...files, ...words]);
  return { status, document: Document.parse(JSON.parse(stdout)) };
};

const typeIn = async (link: string, password: string): Promise<number> => {
  const { status } = await fetch(link, { method: "POST", body: new URLSearchParams({ password }) });
  return status;
};

describe("a migration whose members give their passwords in every way there is", () => {
  it("leaves none of them behind: in no store, queue, history, log, report or output, in no form", async () => {
    const company = await secretiveCompany();
    const admins = await temporaryDirectory();
    const pipeline = await startPipeline(company.environment);
    const { directory, printed } = pipeline;
    const links: string[] = [];

    // Nothing can be brought to the target before the client secret is right.
    expect(await migrate(pipeline, company)).toMatchObject({
      status: 3,
      document: { accounts: { total: ways.length, completed: 0 } },
    });
    for (const way of ["page", "operator", "file"] as const)
      links.push(await pipeline.linkTo(addressOf(way)));

    const [link = ""] = links;
    expect(await fetch(link).then(({ status }) => status)).toBe(200);
    expect(await typeIn(link, wrong("page").secret)).toBe(422);
    expect(await typeIn(link, passwordFor("page"))).toBe(200);

    const operate = (words: readonly string[], input = "") => pipeline.run("operator", words, input);
    const enter = ["enter-password", addressOf("operator")];
    expect(await operate(enter, wrong("operator").secret)).toMatchObject({ status: 3 });
    expect(await operate(enter, passwordFor("operator"))).toMatchObject({ status: 0 });

    const exported = join(printed, "passwords.xlsx");
    expect(await operate(["export-passwords", "--out", exported])).toMatchObject({ status: 0 });
    const file = join(admins, "passwords.xlsx");
    await copyFile(exported, file);
    await fillInPassword(file, "file");
    // The row of nobody comes back beside the file, in a workbook that holds no password and is searched.
    expect(await operate(["import-passwords", file])).toMatchObject({ status: 3 });
    await rename(join(admins, "passwords.errors.xlsx"), join(printed, "passwords.errors.xlsx"));

    await company.correctClientSecret();
    // Every mailbox is moved, but the sheet has a row that cannot be used.
    expect(await migrate(pipeline, company)).toMatchObject({
      status: 3,
      document: { accounts: { completed: ways.length } },
    });
    await pipeline.stop();

    const secrets = [...company.secrets(), wrong("page"), wrong("operator")];
    expect(secrets.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["a token of the target", "a token of WeCom"]),
    );
    expect(await searchSecrets(directory, secrets)).toEqual([]);

    const tokens = links.map((link, index) => ({
      name: `the link ${index}`,
      secret: link.slice(link.lastIndexOf("/") + 1),
    }));
    const finds = await searchSecrets(directory, tokens);
    expect(finds).toHaveLength(tokens.length);
    for (const find of finds) expect(find).toMatch(/^cloud\/outbox\//);

    // What is no secret is found where it is kept, so a secret would be.
    const address = { name: "an address", secret: addressOf("page") };
    const rejected = { name: "a rejected row", secret: rejectedAddress };
    const places = (await searchSecrets(directory, [address, rejected])).join("\n");
    for (const place of [
      ...["cloud/dynamodb/", "cloud/outbox/", "cloud/s3/", "printed/migrate.stdout"],
      ...["printed/report.xlsx (packed)", "printed/passwords.xlsx (packed)"],
      `printed/accounts.errors.xlsx (packed): ${rejected.name}`,
      `printed/passwords.errors.xlsx (packed): ${rejected.name}`,
    ]) {
      expect(places).toContain(place);
    }
    expect(await searchSecrets(directory, [printedOnPurpose])).toEqual([
      `printed/start.stderr: ${printedOnPurpose.name} as JSON`,
      `printed/start.stdout: ${printedOnPurpose.name} as JSON`,
    ]);
    await writeFile(
      join(directory, "cloud/logs/planted.log"),
      JSON.stringify({ password: passwordFor("page") }),
    );
    expect(await searchSecrets(directory, secrets)).toEqual([
      "cloud/logs/planted.log: the password by way of the page as JSON",
    ]);
  });
});
