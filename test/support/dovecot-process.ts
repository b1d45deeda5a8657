import { startDovecot } from "../../infra/local/demo/dovecot/dovecot.ts";

/** Starts a Dovecot in the directory named by the first argument, says its port and waits to be killed. */
const [directory = ""] = process.argv.slice(2);
const server = await startDovecot({
  directory,
  accounts: [{ user: "a@mailferry.example", password: "secret" }],
});
process.stdout.write(`${JSON.stringify({ event: "ready", port: server.port })}\n`);
setInterval(() => undefined, 60_000);
