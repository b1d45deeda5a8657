import { Migration } from "../../shared/contract/migration.ts";
import type { HeldSettings } from "../../shared/contract/settings.ts";
import { CopyWorld } from "./copy-world.ts";
import { CountedServers } from "./counted-servers.ts";
import { FakeMailServer } from "./fake-mail-server.ts";
import { FakeMailServerPair } from "./fake-mail-session.ts";
import { allMail, gmailOptions, openGmail } from "./gmail-mailbox.ts";
import { exampleAccount, inHistory } from "./migration-example.ts";

/** A mailbox at Gmail on its way. */
export const gmailWorld = async (copy: Partial<HeldSettings["copy"]> = {}) => {
  const [source, target] = [new FakeMailServer(gmailOptions), new FakeMailServer({ ...gmailOptions })];
  openGmail(source, "Work");
  const { settings, ...migration } = inHistory({ fannedOut: true });
  const servers = new CountedServers(new FakeMailServerPair(source, target));
  const world = await CopyWorld.with(
    servers,
    exampleAccount(1),
    Migration.parse({ ...migration, settings: { ...settings, copy: { ...settings.copy, ...copy } } }),
  );
  const pass = async () => {
    await world.startPass();
    await world.workOff();
    return world.state();
  };
  const subjects = (path: string) =>
    target
      .folder(path)
      .messages.map(({ raw }) => /Subject: (.*)\r/.exec(new TextDecoder().decode(raw))?.[1] ?? "")
      .sort();
  const archive = async () =>
    (await world.mailboxes.summaries(world.account)).find(({ sourcePath }) => sourcePath === allMail);
  return { source, target, servers, world, pass, subjects, archive };
};
