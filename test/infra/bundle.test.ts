import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { bundleFunctions } from "../../infra/bundle/bundle-functions.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const run = promisify(execFile);

/** A repository with one function, which uses a CommonJS package that requires Node's own modules. */
const repositoryWith = async (handler: string): Promise<string> => {
  const root = await temporaryDirectory();
  await mkdir(join(root, "functions/tick"), { recursive: true });
  await writeFile(join(root, "functions/tick/handler.ts"), handler);
  await symlink(join(import.meta.dirname, "../../node_modules"), join(root, "node_modules"));
  return root;
};
const handlerSource = `
  import ExcelJS from "exceljs";
  export const handler = async (): Promise<number> => {
    const workbook = new ExcelJS.Workbook();
    workbook.addWorksheet("sheet").addRow(["cell"]);
    return (await workbook.xlsx.writeBuffer()).byteLength;
  };
`;

describe("a bundled function", () => {
  it("runs on its own, CommonJS packages included", async () => {
    const root = await repositoryWith(handlerSource);
    const outdirectory = join(root, ".build/functions");
    await bundleFunctions({ root, outdirectory, names: ["tick"] });
    const { stdout } = await run(process.execPath, [
      "--input-type=module",
      "--eval",
      `import { handler } from ${JSON.stringify(pathToFileURL(join(outdirectory, "tick/index.mjs")))};
       process.stdout.write(String(await handler()));`,
    ]);
    expect(Number(stdout)).toBeGreaterThan(1_000);
  });

  it("has the same bytes whenever it is made from the same sources", async () => {
    const root = await repositoryWith(handlerSource);
    const hashOf = async (name: string): Promise<string> => {
      const outdirectory = join(root, ".build", name);
      await bundleFunctions({ root, outdirectory, names: ["tick"] });
      const hash = createHash("sha256");
      for (const file of ["index.mjs", "index.mjs.map"])
        hash.update(await readFile(join(outdirectory, "tick", file)));
      return hash.digest("hex");
    };
    expect(await hashOf("first")).toBe(await hashOf("second"));
  });

  it("has zod's own words in English alone, and has those", async () => {
    const root = await repositoryWith(`
      import { z } from "zod";
      export const handler = async () => z.string().safeParse(1).error?.issues[0]?.message;
    `);
    const outdirectory = join(root, ".build/functions");
    await bundleFunctions({ root, outdirectory, names: ["tick"] });
    const bundle = await readFile(join(outdirectory, "tick/index.mjs"), "utf8");
    expect(bundle).toContain("Invalid input: expected");
    expect(bundle).not.toContain("无效输入");
  });

  it("that cannot be bundled says where", async () => {
    const root = await repositoryWith('import "./nowhere.ts";\n');
    const bundling = bundleFunctions({ root, outdirectory: join(root, ".build"), names: ["tick"] });
    await expect(bundling).rejects.toThrow(/functions\/tick\/handler\.ts:1:7/);
  });
});
