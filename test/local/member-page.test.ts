import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { describe, expect, it } from "vitest";
import { linkTokens } from "../../functions/adapters/crypto/link-tokens.ts";
import { dynamoMemberLinkStore } from "../../functions/adapters/dynamodb/member-link-store.ts";
import { StateTable } from "../../functions/adapters/dynamodb/state-table.ts";
import { textsIn } from "../../functions/member-page/page/render.ts";
import { systemClock } from "../../functions/runtime/composition.ts";
import { withLocalPipeline } from "../../infra/local/cli/with-pipeline.ts";
import type { LocalCloud } from "../../infra/local/cloud.ts";
import { Account } from "../../shared/contract/account.ts";
import { Migration } from "../../shared/contract/migration.ts";
import { issueMemberLink } from "../../shared/credentials/member-link.ts";
import { launchBrowser, openPage } from "../support/browser.ts";
import { exampleAccount, exampleId, exampleSettings, inAccounts } from "../support/migration-example.ts";
import { privateDovecot } from "../support/private-dovecot.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const { address } = exampleAccount(1);
const secrets = { right: "right-member-secret-71", wrong: "wrong-member-secret-72" };

/** The table of a running pipeline. */
const tableOf = ({ endpoint, region, credentials }: LocalCloud, name: string): StateTable =>
  new StateTable(DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint, region, credentials })), name);

/** Every file below a directory that holds one of the words, as it is or in base64. */
const filesWith = async (directory: string, words: readonly string[]): Promise<string[]> => {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const forms = words.flatMap((word) => [word, Buffer.from(word).toString("base64").replace(/=+$/, "")]);
  const found: string[] = [];
  for (const entry of entries.filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const content = await readFile(path);
    if (forms.some((form) => content.includes(form))) found.push(path);
  }
  return found;
};

describe("the password page of the running pipeline", () => {
  it("takes a password in a browser, and neither it nor the link is left anywhere", async () => {
    const dataDir = join(await temporaryDirectory(), "data");
    const { host, port, tls } = await privateDovecot({
      accounts: [{ user: address, password: secrets.right }],
    });
    const source = { ...exampleSettings.source, host, port, tls };
    const account = Account.parse(exampleAccount(1));
    await using browser = await launchBrowser();
    const token = await withLocalPipeline(dataDir, async (pipeline, cloud) => {
      await pipeline.migrations.create(
        Migration.parse({ ...inAccounts(), settings: { ...exampleSettings, source } }),
      );
      await pipeline.accounts.createAll([account]);
      const memberLinks = dynamoMemberLinkStore(tableOf(cloud, pipeline.outputs.TableName));
      const pageUrl = pipeline.outputs.MemberPageUrl;
      const { url } = await issueMemberLink(
        { clock: systemClock, linkTokens, memberLinks },
        { migrationId: exampleId, address, pageUrl, days: 14 },
      );

      const viewer = { width: 375, height: 760, locale: "zh-CN", colorScheme: "light" } as const;
      const { page, requested, complaints } = await openPage(browser, viewer);
      const { label, submit, refused, accepted } = textsIn.zhCN;
      await page.goto(url);
      for (const [password, words] of [
        [secrets.wrong, refused],
        [secrets.right, accepted.title],
      ] as const) {
        await page.getByLabel(label).fill(password);
        await page.getByRole("button", { name: submit }).click();
        await page.getByText(words).waitFor();
      }
      expect(complaints).toEqual([]);
      for (const one of requested) expect(one.startsWith(`${pageUrl}/`)).toBe(true);
      expect((await pipeline.accounts.get(exampleId, address))?.verifiedAt).toBeDefined();
      return url.slice(pageUrl.length + 1);
    });
    expect(await filesWith(dataDir, [token, ...Object.values(secrets)])).toEqual([]);
    expect(await filesWith(dataDir, [address])).not.toEqual([]);
  });
});
