import { appendFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { withLocalPipeline } from "../../infra/local/cli/with-pipeline.ts";
import type { LocalCloud } from "../../infra/local/cloud.ts";
import { eventually } from "../support/eventually.ts";
import { type CommandEnd, startCommand } from "../support/migrate-command.ts";
import { type NamedSecret, searchSecrets } from "../support/search-secrets.ts";
import {
  addressOf,
  fillInPassword,
  passwordFor,
  type SecretiveCompany,
  secretiveCompany,
  ways,
} from "../support/secretive-company.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const Mail = z.object({ to: z.tuple([z.string()]), text: z.string() });
const Document = z.object({
  accounts: z.object({ total: z.number(), completed: z.number() }),
});

const wrong = (way: string): NamedSecret => ({
  name: `the wrong password by way of the ${way}`,
  secret: `fälsch "&<${way}>\\密码+/%'?`,
});

/** Runs commands against a pipeline that is up; what they say is kept beside what the pipeline keeps. */
const commandsAgainst = (company: SecretiveCompany, cloud: LocalCloud, directory: string) => {
  const run = async (command: string, words: readonly string[], input = ""): Promise<CommandEnd> => {
    const environment = {
      ...company.environment,
      AWS_REGION: cloud.region,
      AWS_ACCESS_KEY_ID: cloud.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: cloud.credentials.secretAccessKey,
    };
    const end = await startCommand(command, [...words, "--aws-endpoint", cloud.endpoint], environment, input)
      .ended;
    await appendFile(join(directory, `${command}.stdout`), end.stdout);
    await appendFile(join(directory, `${command}.stderr`), end.stderr);
    return end;
  };
  return {
    operate: (words: readonly string[], input?: string) => run("operator", words, input),
    migrate: async () => {
      const files = ["--settings", company.settingsFile, "--accounts", company.accountsFile];
      const words = ["--through", "history", "--report", join(directory, "report.xlsx"), "--json"];
      const { status, stdout } = await run("migrate", [...files, ...words]);
      return { status, document: Document.parse(JSON.parse(stdout)) };
    },
  };
};

/** Milliseconds; only ends what hangs. */
const patience = 60_000;

/** The link in the mail to a member, as soon as there is one. */
const linkTo = (cloud: LocalCloud, address: string): Promise<string> => {
  const look = async () => {
    const names = (await readdir(cloud.outbox)).filter((name) => name.endsWith(".json"));
    const mails = await Promise.all(
      names.map(async (name) => Mail.parse(JSON.parse(await readFile(join(cloud.outbox, name), "utf8")))),
    );
    const text = mails.find(({ to: [to] }) => to === address)?.text;
    return text === undefined ? undefined : /http:\S+\/m\/[\w-]{43}/.exec(text)?.[0];
  };
  return eventually(`a mail to ${address}`, look, patience);
};

const typeIn = async (link: string, password: string): Promise<number> => {
  const { status } = await fetch(link, { method: "POST", body: new URLSearchParams({ password }) });
  return status;
};

describe("a migration whose members give their passwords in every way there is", () => {
  it("leaves none of them behind: in no store, queue, history, log, report or output, in no form", async () => {
    const company = await secretiveCompany();
    const directory = await temporaryDirectory();
    await mkdir(join(directory, "data"));
    const admins = await temporaryDirectory();
    const links: string[] = [];

    await withLocalPipeline(join(directory, "data"), async (_pipeline, cloud) => {
      const { migrate, operate } = commandsAgainst(company, cloud, directory);
      expect(await migrate()).toMatchObject({
        status: 3,
        document: { accounts: { total: ways.length, completed: 1 } },
      });
      for (const way of ["page", "operator", "file"] as const)
        links.push(await linkTo(cloud, addressOf(way)));

      const [link = ""] = links;
      expect(await fetch(link).then(({ status }) => status)).toBe(200);
      expect(await typeIn(link, wrong("page").secret)).toBe(422);
      expect(await typeIn(link, passwordFor("page"))).toBe(200);

      const enter = ["enter-password", addressOf("operator")];
      expect(await operate(enter, wrong("operator").secret)).toMatchObject({ status: 3 });
      expect(await operate(enter, passwordFor("operator"))).toMatchObject({ status: 0 });

      const file = join(admins, "passwords.xlsx");
      expect(await operate(["export-passwords", "--out", file])).toMatchObject({ status: 0 });
      await fillInPassword(file, "file");
      expect(await operate(["import-passwords", file])).toMatchObject({ status: 0 });

      // Every mailbox is moved, but the sheet has a row that cannot be used.
      expect(await migrate()).toMatchObject({
        status: 3,
        document: { accounts: { completed: ways.length } },
      });
    });

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
    for (const find of finds) expect(find).toMatch(/^data\/outbox\//);

    // What is no secret is found where it is kept, so a secret would be.
    const places = (await searchSecrets(directory, [{ name: "an address", secret: addressOf("page") }])).join(
      "\n",
    );
    for (const place of [
      "data/dynamodb/",
      "data/outbox/",
      "data/s3/",
      "migrate.stdout",
      "report.xlsx (packed)",
    ]) {
      expect(places).toContain(place);
    }
    await writeFile(
      join(directory, "data/logs/planted.log"),
      JSON.stringify({ password: passwordFor("page") }),
    );
    expect(await searchSecrets(directory, secrets)).toEqual([
      "data/logs/planted.log: the password by way of the page as JSON",
    ]);
  });
});
