import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryDirectory } from "../support/temporary-directory.ts";

describe("npm run operate without a pipeline's address", () => {
  it.each([
    ["C", /^No pipeline is named\. Give --aws-endpoint .* AWS_REGION/],
    ["zh_CN.UTF-8", /^没有指定流水线。.*--aws-endpoint.*AWS_REGION/],
  ])("ends with 2 and says how to name one, with LANG=%s", async (LANG, words) => {
    const home = await temporaryDirectory();
    const operator = join(import.meta.dirname, "../../infra/local/cli/operator.ts");
    const { status, stdout, stderr } = spawnSync(process.execPath, [operator, "remind"], {
      // Nothing of this machine's own may name a region.
      env: { HOME: home, AWS_EC2_METADATA_DISABLED: "true", LANG },
      encoding: "utf8",
    });
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(words);
  });
});
