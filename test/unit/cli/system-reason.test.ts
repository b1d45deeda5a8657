import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { systemReason } from "../../../infra/local/cli/system-reason.ts";
import { writeNew } from "../../../infra/local/cli/write-new.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";

const refusal = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

describe("what the file system refuses", () => {
  it("is said in the reader's language", async () => {
    const directory = await temporaryDirectory();
    await mkdir(join(directory, "sub"));
    const absent = await refusal(readFile(join(directory, "absent.xlsx")));
    expect(systemReason(absent, "en")).toBe("there is no such file or directory");
    expect(systemReason(absent, "zhCN")).toBe("没有这个文件或目录");
    const read = await refusal(readFile(join(directory, "sub")));
    expect(systemReason(read, "zhCN")).toBe("它是一个目录");
  });

  it("is said in its own words where the reason is an unusual one", () => {
    expect(systemReason(new Error("EMFILE: too many open files"), "zhCN")).toBe(
      "EMFILE: too many open files",
    );
    expect(systemReason("odd", "en")).toBe("odd");
  });

  it("is not overwritten when it is there, and that is all that is said; elsewhere nothing is said of it", async () => {
    const directory = await temporaryDirectory();
    const there = join(directory, "there.xlsx");
    await writeFile(there, "filled in");
    const refused = await refusal(writeNew(there, new Uint8Array()));
    expect(refused).toMatchObject({
      message: `${there} is there already and is not overwritten; choose another name.`,
    });
    expect(await readFile(there, "utf8")).toBe("filled in");
    const nowhere = await refusal(writeNew(join(directory, "absent", "new.xlsx"), new Uint8Array()));
    expect(nowhere).toMatchObject({ message: expect.stringMatching(/there is no such file or directory/) });
    expect(nowhere).toMatchObject({ message: expect.not.stringMatching(/overwritten/) });
  });
});
