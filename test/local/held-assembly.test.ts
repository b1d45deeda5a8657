import { readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { InvokeCommand } from "@aws-sdk/client-lambda";
import { describe, expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { holdAssembly } from "../../infra/local/assembly/hold-assembly.ts";
import { bootFixture, clientsOf } from "../support/fixture-cloud.ts";
import { startProcess } from "../support/killable-process.ts";
import { assetCode, writeAssembly } from "../support/stack-assembly.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

/** A stack of one function that says which version of it runs; its asset is named by it, as CDK names assets by their contents. */
const versionOf = (version: string) => ({
  code: { [version]: `export const handler = async () => "${version}";` },
  resources: {
    Says: {
      Type: "AWS::Lambda::Function",
      Properties: {
        FunctionName: "says",
        Runtime: "nodejs24.x",
        Handler: "index.handler",
        Code: assetCode(version),
      },
    },
  },
});

const workshop = async () => {
  const directory = await temporaryDirectory();
  const assembly = join(directory, "cdk.out");
  const place = join(directory, "assemblies");
  let made = 0;
  return {
    assembly,
    place,
    /** Puts another version in the place of the assembly that is there, as a build does. */
    build: async (version: string): Promise<void> => {
      made += 1;
      const [fresh, old] = [join(directory, `fresh${made}`), join(directory, `old${made}`)];
      await writeAssembly(fresh, versionOf(version));
      await rename(assembly, old).catch(() => undefined);
      await rename(join(fresh, "cdk.out"), assembly);
      await rm(old, { recursive: true, force: true });
    },
    hold: async () => {
      const held = await holdAssembly(async () => assembly, place);
      onTestFinished(() => held[Symbol.dispose]());
      return held;
    },
    kept: async () => (await readdir(place)).length,
  };
};

/** Builds come one upon the other here, as they never do; who gives up because of them tries again, and they come to an end. */
const inTheEnd = async <Held>(hold: () => Promise<Held>): Promise<Held> => {
  for (;;) {
    try {
      return await hold();
    } catch (thrown) {
      if (!(thrown instanceof Error && thrown.message.includes("times in a row"))) throw thrown;
    }
  }
};

const says = async (cloud: Parameters<typeof clientsOf>[0]): Promise<unknown> => {
  const { Payload } = await clientsOf(cloud).lambda.send(new InvokeCommand({ FunctionName: "says" }));
  return JSON.parse(Buffer.from(Payload ?? []).toString());
};

describe("a cloud that runs from a held assembly", () => {
  it("loads the functions it was booted with after the assembly was made anew, and so does the next one the new ones", async () => {
    const { build, hold } = await workshop();
    await build("one");
    const boot = async () =>
      bootFixture({
        assembly: (await hold()).directory,
        dataDir: await temporaryDirectory(),
        notes: async () => [],
      });
    const running = await boot();
    await build("two");
    expect(await says(running)).toBe("one");
    expect(await says(await boot())).toBe("two");
    expect(await says(running)).toBe("one");
  });
});

describe("a held assembly", () => {
  it("is one for all who hold the same contents, and takes no room for the code", async () => {
    const { assembly, build, hold, kept } = await workshop();
    await build("one");
    const [one, another] = await Promise.all([hold(), hold()]);
    expect(one.directory).toBe(another.directory);
    const code = (directory: string) => stat(join(directory, "asset.one", "index.mjs"));
    expect((await code(one.directory)).ino).toBe((await code(assembly)).ino);
    await build("one");
    expect((await hold()).directory).toBe(one.directory);
    expect(await kept()).toBe(1);
  });

  it("stays while somebody holds it, and goes when a new one comes and nobody does", async () => {
    const { build, hold, kept } = await workshop();
    await build("one");
    const [first, again] = [await hold(), await hold()];
    await build("two");
    const second = await hold();
    first[Symbol.dispose]();
    await build("three");
    await hold();
    expect(await kept()).toBe(3);
    again[Symbol.dispose]();
    second[Symbol.dispose]();
    expect(await kept()).toBe(3);
    await build("four");
    const last = await hold();
    expect(await kept()).toBe(2);
    expect(await readFile(join(last.directory, "asset.four", "index.mjs"), "utf8")).toContain("four");
  });

  it("is held by a process only until it ends, however that comes", async () => {
    const { assembly, build, hold, kept, place } = await workshop();
    await build("one");
    const holder = startProcess("assembly-holder.ts", assembly, place);
    onTestFinished(() => holder.kill());
    const { directory } = z.looseObject({ directory: z.string() }).parse(await holder.hears("held"));
    await build("two");
    await hold();
    expect(await kept()).toBe(2);
    expect((await stat(directory)).isDirectory()).toBe(true);
    await holder.kill();
    await build("three");
    await hold();
    await expect(stat(directory)).rejects.toThrow("ENOENT");
    expect(await kept()).toBe(2);
  });

  it("is always whole, also when builds and other holders come between", async () => {
    const { build, hold, place } = await workshop();
    await build("first");
    const building = async (): Promise<void> => {
      for (let made = 0; made < 60; made += 1) await build(`version${made % 5}`);
    };
    const holding = async (): Promise<void> => {
      for (let times = 0; times < 30; times += 1) {
        const held = await inTheEnd(hold);
        const { directory } = held;
        const template = await readFile(join(directory, "Fixture.template.json"), "utf8");
        const [, version = ""] = /"S3Key":"(\w+)\.zip"/.exec(template) ?? [];
        expect(await readdir(directory)).toContain(`asset.${version}`);
        const code = await readFile(join(directory, `asset.${version}`, "index.mjs"), "utf8");
        expect(code).toContain(`"${version}"`);
        held[Symbol.dispose]();
      }
    };
    await Promise.all([building(), holding(), holding(), holding()]);
    await build("last");
    await hold();
    expect(await readdir(place)).toHaveLength(1);
  });

  it("is not waited for when it is made anew all the time", async () => {
    const { assembly, place } = await workshop();
    await expect(holdAssembly(async () => assembly, place)).rejects.toThrow("10 times in a row");
  });
});
