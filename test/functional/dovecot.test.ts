import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { greetsWith } from "../../infra/local/demo/dovecot/port.ts";
import { seedMailbox } from "../../infra/local/demo/seeding/seed-mailbox.ts";
import { eventually } from "../support/eventually.ts";
import { startProcess } from "../support/killable-process.ts";
import { describedMailbox } from "../support/mailbox-content.ts";
import { mailboxDifferences, openMailbox, snapshotMailbox } from "../support/mailbox-snapshot.ts";
import { privateDovecot, someone } from "../support/private-dovecot.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const folders = [
  {
    path: "项目/2024/合同",
    messages: [
      {
        raw: Buffer.from("Subject: kept\r\n\r\nover restarts\r\n"),
        flags: ["\\Seen", "$Forwarded"],
        internalDate: new Date("2019-02-03T04:05:06Z"),
      },
    ],
  },
];

test("an account is served as soon as the server has started", async () => {
  const server = await privateDovecot();
  await using client = await openMailbox(server.accessOf(someone.user));
  expect((await client.list()).map(({ path }) => path)).toEqual(["INBOX"]);
});

test("a wrong password is refused, the right one still opens", async () => {
  const server = await privateDovecot();
  const access = server.accessOf(someone.user);
  const refused = { authenticationFailed: true, serverResponseCode: "AUTHENTICATIONFAILED" };
  await expect(openMailbox({ ...access, password: "wrong" })).rejects.toMatchObject(refused);
  await using client = await openMailbox(access);
  expect(client.authenticated).toBeTruthy();
});

test("several servers stand beside each other, each with its own mail", async () => {
  const [one, other] = await Promise.all([privateDovecot(), privateDovecot()]);
  await seedMailbox(one, someone.user, folders);
  const found = await snapshotMailbox(other.accessOf(someone.user));
  expect([...found.folders.keys()]).toEqual(["INBOX"]);
});

test.each([
  ["an orderly restart", "stop"],
  ["kill -9", "kill"],
])("the mail and the port outlast %s", async (_, end) => {
  const server = await privateDovecot();
  const { port } = server;
  await seedMailbox(server, someone.user, folders);
  if (end === "kill") await server.kill("SIGKILL");
  await server.restart();
  expect(server.port).toBe(port);
  const found = await snapshotMailbox(server.accessOf(someone.user));
  expect(mailboxDifferences(describedMailbox(folders), found)).toEqual([]);
});

test("nothing lives and nothing answers after a stop, and stopping twice is harmless", async () => {
  const directory = await temporaryDirectory();
  const server = await privateDovecot({ directory });
  expect(await commandLinesWith(directory)).not.toEqual([]);
  await server.stop();
  await server.stop();
  expect(await commandLinesWith(directory)).toEqual([]);
  expect(await greetsWith("Dovecot", server.port, false)).toBe(false);
});

test("the server does not outlive a starter that was killed", async () => {
  const directory = await temporaryDirectory();
  const starter = startProcess("dovecot-process.ts", directory);
  await starter.hears("ready");
  await starter.kill();
  const gone = await eventually("the end of the server", async () => {
    const left = await commandLinesWith(directory);
    return left.length === 0 ? left : undefined;
  });
  expect(gone).toEqual([]);
});

test("what a killed server left behind does not hinder the next one in its place", async () => {
  const directory = await temporaryDirectory();
  const first = await privateDovecot({ directory });
  await seedMailbox(first, someone.user, folders);
  await first.kill("SIGKILL");
  const second = await privateDovecot({ directory });
  const found = await snapshotMailbox(second.accessOf(someone.user));
  expect(mailboxDifferences(describedMailbox(folders), found)).toEqual([]);
});

test("a directory may have blanks and per cent signs in its name", async () => {
  const directory = join(await temporaryDirectory(), "my mail 100%u");
  const server = await privateDovecot({ directory });
  await seedMailbox(server, someone.user, folders);
  expect(await readdir(server.maildirOf(someone.user))).toContain("mailboxes");
});

test("a start that fails tells Dovecot's own words", async () => {
  const squatter = createServer().listen(0, "127.0.0.1");
  await once(squatter, "listening");
  onTestFinished(() => {
    squatter.close();
  });
  const address = squatter.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const start = privateDovecot({ port });
  await expect(start).rejects.toMatchObject({
    name: "DovecotStartError",
    message: expect.stringContaining("Address already in use"),
  });
});

/** Only the first process has the directory in its command line; with it gone the others end by themselves. */
async function commandLinesWith(directory: string): Promise<readonly string[]> {
  const ids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(ids.map((id) => readFile(`/proc/${id}/cmdline`, "utf8").catch(() => "")));
  return lines.filter((line) => line.startsWith("/usr/sbin/dovecot") && line.includes(directory));
}
