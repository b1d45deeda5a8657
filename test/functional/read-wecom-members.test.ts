import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readWecomMembers } from "../../infra/local/cli/read-wecom-members.ts";
import type { SecretReference } from "../../shared/contract/secret-reference.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { serveWecom } from "../support/wecom/serve-wecom.ts";

describe("WeCom's members for a command", () => {
  it("are read with the secret as a person wrote it down", async () => {
    const { asApp } = await serveWecom();
    const { baseUrl, corpId, secret } = asApp;
    const folder = await temporaryDirectory();
    const settingsFile = join(folder, "migration.json");
    await writeFile(join(folder, "wecom.txt"), `${secret}\n`);
    const read = (written: SecretReference) =>
      readWecomMembers({ kind: "wecom", baseUrl, corpId, secret: written }, settingsFile);
    for (const written of [secret, { file: "wecom.txt" }])
      expect((await read(written)).map(({ name }) => name)).toContain("成员0");
    await expect(read({ file: "absent.txt" })).rejects.toMatchObject({ name: "SecretMissing" });
    await expect(read("guessed")).rejects.toMatchObject({ name: "WecomSecretRefused" });
  });
});
