import { expect, test } from "vitest";
import { seedMailbox } from "../../infra/local/demo/seeding/seed-mailbox.ts";
import { openMailbox, snapshotMailbox } from "../support/mailbox-snapshot.ts";
import { privateDovecot, someone } from "../support/private-dovecot.ts";

const masterUser = { user: "migrator", password: "opens:everything" };
const folders = [
  {
    path: "INBOX",
    messages: [
      {
        raw: Buffer.from("Subject: one\r\n\r\n1\r\n"),
        flags: [],
        internalDate: new Date("2020-01-01T00:00:00Z"),
      },
    ],
  },
];

test.each([
  ["as user*master", { user: `${someone.user}*${masterUser.user}` }],
  ["by SASL PLAIN authzid", { user: masterUser.user, authorisedAs: someone.user }],
])("the master opens another's mailbox %s", async (_, identity) => {
  const server = await privateDovecot({ masterUser });
  await seedMailbox(server, someone.user, folders);
  const access = { ...server.accessOf(someone.user), password: masterUser.password, ...identity };
  await using client = await openMailbox(access);
  expect(await client.status("INBOX", { messages: true })).toMatchObject({ messages: 1 });
});

test.each([
  ["with a wrong password", `${someone.user}*migrator`, "wrong"],
  ["into a mailbox that is not there", "nobody@mailferry.example*migrator", masterUser.password],
])("the master is refused %s", async (_, user, password) => {
  const server = await privateDovecot({ masterUser });
  const attempt = openMailbox({ ...server.accessOf(someone.user), user, password });
  await expect(attempt).rejects.toMatchObject({ authenticationFailed: true });
});

test("without a master user nobody opens another's mailbox", async () => {
  const server = await privateDovecot();
  const access = { ...server.accessOf(someone.user), user: `${someone.user}*migrator` };
  await expect(openMailbox(access)).rejects.toMatchObject({ authenticationFailed: true });
});

test.each(["implicit", "starttls"] as const)(
  "%s TLS works with the server's own certificate",
  async (tls) => {
    const server = await privateDovecot({ tls });
    const access = server.accessOf(someone.user);
    await seedMailbox(server, someone.user, folders);
    await using client = await openMailbox(access);
    expect(client.secureConnection).toBe(true);
    const found = await snapshotMailbox(access);
    expect(found.folders.get("INBOX")).toHaveLength(1);
  },
);

test("the certificate is trusted by nobody who was not given it", async () => {
  const server = await privateDovecot({ tls: "implicit" });
  const access = { ...server.accessOf(someone.user), certificate: undefined };
  await expect(openMailbox(access)).rejects.toMatchObject({ code: "DEPTH_ZERO_SELF_SIGNED_CERT" });
});
