import { mkdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { isMadeFrom, stampAssembly } from "../../infra/assembly-stamp.ts";
import { fingerprintOf } from "../../infra/bundle/fingerprint.ts";
import { freshDirectory, putInPlace } from "../../infra/bundle/fresh-directory.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const write = async (root: string, file: string, content: string): Promise<void> => {
  await mkdir(dirname(join(root, file)), { recursive: true });
  await writeFile(join(root, file), content);
};

const tree = async (): Promise<string> => {
  const root = await temporaryDirectory();
  await write(root, "functions/tick/handler.ts", "one");
  await write(root, "infra/local/start.ts", "one");
  await write(root, "cdk.json", "{}");
  return root;
};

describe("the fingerprint of the sources", () => {
  it.each([
    ["a source changed", "functions/tick/handler.ts"],
    ["a source was added", "shared/contract/new.ts"],
    ["a construct was added", "infra/constructs/new.ts"],
    ["the deploy settings changed", "cdk.json"],
    ["a package changed", "package-lock.json"],
  ])("is another one when %s", async (_what, file) => {
    const root = await tree();
    const before = await fingerprintOf(root);
    await write(root, file, "two");
    expect(await fingerprintOf(root)).not.toBe(before);
  });

  it("is the same when only the local cloud or a test changed", async () => {
    const root = await tree();
    const before = await fingerprintOf(root);
    await write(root, "infra/local/start.ts", "two");
    await write(root, "test/infra/some.test.ts", "two");
    expect(await fingerprintOf(root)).toBe(before);
  });
});

describe("an assembly", () => {
  const assembly = async (): Promise<string> => {
    const directory = await temporaryDirectory();
    await write(directory, "Mailferry.template.json", "{}");
    await stampAssembly(directory, "sources");
    return directory;
  };

  it("is up to date for the sources it was made from and no others", async () => {
    const directory = await assembly();
    expect(await isMadeFrom(directory, "sources")).toBe(true);
    expect(await isMadeFrom(directory, "other sources")).toBe(false);
  });

  it("is out of date when another template was written into it, or when it is not there", async () => {
    const directory = await assembly();
    await write(directory, "Mailferry.template.json", '{ "Resources": {} }');
    expect(await isMadeFrom(directory, "sources")).toBe(false);
    expect(await isMadeFrom(join(directory, "nowhere"), "sources")).toBe(false);
  });
});

describe("a finished directory", () => {
  it("takes the place of an older one whole, also when several are finished at once", async () => {
    const place = join(await temporaryDirectory(), "place");
    await write(place, "old", "old");
    const finished = await Promise.all(
      [1, 2, 3, 4].map(async (run) => {
        const directory = await freshDirectory("test");
        await write(directory, "new", String(run));
        return directory;
      }),
    );
    await Promise.all(finished.map((directory) => putInPlace(directory, place)));
    expect(["1", "2", "3", "4"]).toContain(await readFile(join(place, "new"), "utf8"));
    await expect(readFile(join(place, "old"))).rejects.toThrow(/ENOENT/);
  });
});

describe("a directory of a run that was killed", () => {
  it("goes with a later run, when it can no longer be of one that is under way", async () => {
    const [killed, underWay, other] = await Promise.all(["left", "left", "other"].map(freshDirectory));
    if (killed === undefined || underWay === undefined || other === undefined)
      throw new Error("None was made.");
    const twoHoursAgo = new Date(Date.now() - 7_200_000);
    await Promise.all([killed, other].map((directory) => utimes(directory, twoHoursAgo, twoHoursAgo)));
    const fresh = await freshDirectory("left");
    onTestFinished(async () => {
      await Promise.all([underWay, other, fresh].map((directory) => rm(directory, { recursive: true })));
    });
    await expect(stat(killed)).rejects.toThrow("ENOENT");
    expect((await Promise.all([underWay, other, fresh].map((one) => stat(one)))).length).toBe(3);
  });
});
