import { appendFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { deflateRawSync, gzipSync } from "node:zlib";
import exceljs from "exceljs";
import { describe, expect, it } from "vitest";
import { searchSecrets } from "../../support/search-secrets.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";

const secret = `pä"ss & w<o>rd\\密码+/1'?`;
const sought = [{ name: "the password", secret }];
const ascii = (text: string): string =>
  text.replaceAll(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** A directory in which something was written down among other things. */
const directoryWith = async (written: string | Buffer, file = "logs/any.log"): Promise<string> => {
  const directory = await temporaryDirectory();
  await mkdir(join(directory, "logs"));
  await writeFile(join(directory, file), "before ");
  await appendFile(join(directory, file), written);
  await appendFile(join(directory, file), " after");
  return directory;
};

describe("the search for secrets", () => {
  it.each<[string, string | Buffer]>([
    ["plain text", secret],
    ["UTF-16", Buffer.from(secret, "utf16le")],
    ["UTF-16", Buffer.from(secret, "utf16le").swap16()],
    ["JSON", JSON.stringify({ secret })],
    ["JSON in JSON", JSON.stringify({ body: JSON.stringify({ secret }) })],
    ["JSON in ASCII", ascii(JSON.stringify({ secret }))],
    ["URL-encoded", encodeURIComponent(secret)],
    ["URL-encoded", encodeURIComponent(secret).replaceAll(/%[0-9A-F]{2}/g, (byte) => byte.toLowerCase())],
    ["URL-encoded twice", encodeURIComponent(encodeURIComponent(secret))],
    ["a form", new URLSearchParams({ password: secret }).toString()],
    [
      "XML",
      secret
        .replaceAll("&", "&amp;")
        .replaceAll("<", "&lt;")
        .replaceAll(">", "&gt;")
        .replaceAll('"', "&quot;")
        .replaceAll("'", "&apos;"),
    ],
    ["hexadecimal", Buffer.from(secret).toString("hex")],
    ["hexadecimal", Buffer.from(secret).toString("hex").toUpperCase()],
    ["base64", Buffer.from(secret).toString("base64")],
    ["base64", Buffer.from(`a${secret}b`).toString("base64url")],
    ["base64", Buffer.from(`\0user\0${secret}`).toString("base64")],
    ["base64", Buffer.from(`password=${secret}&more`).toString("base64")],
    ["base64 of UTF-16", Buffer.from(`ab${secret}`, "utf16le").toString("base64")],
  ])("finds a secret written down as %s", async (form, written) => {
    const directory = await directoryWith(written);
    expect(await searchSecrets(directory, sought)).toEqual([`logs/any.log: the password as ${form}`]);
  });

  it("finds a secret in a cell of a database, wherever the database cuts the cell into pages", async () => {
    const directory = await temporaryDirectory();
    const database = new DatabaseSync(join(directory, "any.sqlite"));
    database.exec("PRAGMA page_size = 512; CREATE TABLE kept (body BLOB); BEGIN");
    const insert = database.prepare("INSERT INTO kept VALUES (?)");
    for (let before = 0; before < 520; before += 1) insert.run(Buffer.from(`${"x".repeat(before)}${secret}`));
    database.exec("COMMIT; DELETE FROM kept WHERE length(body) < 500");
    database.close();
    expect(await searchSecrets(directory, sought)).toContain(
      "any.sqlite (kept.body): the password as plain text",
    );
  });

  it("finds a secret in a workbook that is kept in a database, and in what is left of one", async () => {
    const directory = await temporaryDirectory();
    const workbook = new exceljs.Workbook();
    workbook.addWorksheet("any").addRow([secret]);
    const bytes = Buffer.from(await workbook.xlsx.writeBuffer());
    const database = new DatabaseSync(join(directory, "objects.sqlite"));
    database.exec("CREATE TABLE kept (body BLOB)");
    database.prepare("INSERT INTO kept VALUES (?)").run(bytes);
    database.close();
    await writeFile(join(directory, "remains"), bytes.subarray(0, -100));
    const finds = await searchSecrets(directory, sought);
    expect(finds).toContain("objects.sqlite (kept.body) (packed): the password as XML");
    expect(finds).toContain("remains (packed): the password as XML");
  });

  it("finds a secret in gzip", async () => {
    const directory = await temporaryDirectory();
    await writeFile(join(directory, "any.gz"), gzipSync(`before ${secret}`));
    expect(await searchSecrets(directory, sought)).toEqual(["any.gz (packed): the password as plain text"]);
  });

  it("finds nothing where there is nothing, and never shows what it sought", async () => {
    const almost = `${secret.slice(0, -1)}.`;
    const directory = await directoryWith(`${almost} ${Buffer.from(almost).toString("base64")}`);
    await writeFile(join(directory, "packed"), deflateRawSync(almost));
    expect(await searchSecrets(directory, sought)).toEqual([]);
    const finds = await searchSecrets(await directoryWith(secret), sought);
    expect(finds.join()).not.toContain(secret);
  });

  it("refuses to call clean what it could not search", async () => {
    await expect(searchSecrets(await directoryWith("", "logs/000005.ldb"), sought)).rejects.toThrow(
      "LevelDB",
    );
    await expect(searchSecrets(await temporaryDirectory(), sought)).rejects.toThrow("no file");
    await expect(searchSecrets(await directoryWith(""), [{ name: "a", secret: "short" }])).rejects.toThrow(
      "too short",
    );
  });
});
