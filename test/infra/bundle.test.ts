import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { bundleFunctions } from "../../infra/bundle/bundle-functions.ts";
import type { FunctionName } from "../../shared/contract/environment.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const run = promisify(execFile);

/** A repository with one function, which uses a CommonJS package that requires Node's own modules. */
const repositoryWith = async (handler: string, name: FunctionName = "tick"): Promise<string> => {
  const root = await temporaryDirectory();
  await mkdir(join(root, "functions", name), { recursive: true });
  await writeFile(join(root, "functions", name, "handler.ts"), handler);
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

/** Compiling goes through the constructor of functions. */
const schemaSource = `
  import { z } from "zod";
  let how = "interpreted";
  globalThis.Function = new Proxy(Function, { construct: (target, words) => {
    how = "compiled";
    return Reflect.construct(target, words);
  } });
  const schema = z.object({ word: z.string() });
  export const handler = async () => { schema.parse({ word: "one" }); return how; };
`;

/** What the function answers in a process of its own. */
const answerOf = async (bundle: string): Promise<string> => {
  const program = `import { handler } from ${JSON.stringify(pathToFileURL(bundle))}; process.stdout.write(String(await handler()));`;
  const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", program]);
  return stdout;
};

describe("a bundled function", () => {
  it("runs on its own, CommonJS packages included", async () => {
    const root = await repositoryWith(handlerSource);
    const outdirectory = join(root, ".build/functions");
    await bundleFunctions({ root, outdirectory, names: ["tick"] });
    expect(Number(await answerOf(join(outdirectory, "tick/index.mjs")))).toBeGreaterThan(1_000);
  });

  it.each([
    ["interprets its schemas, which were made after that was said", "tick", "interpreted"],
    ["compiles them where it parses a hundred thousand rows", "import-accounts", "compiled"],
  ] as const)("%s", async (_says, name, how) => {
    const root = await repositoryWith(schemaSource, name);
    const outdirectory = join(root, ".build/functions");
    await bundleFunctions({ root, outdirectory, names: [name] });
    expect(await answerOf(join(outdirectory, name, "index.mjs"))).toBe(how);
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
