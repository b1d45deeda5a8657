import type { Connection } from "./connection.ts";

const netEase = /(^|\.)(163|126|188|yeah|netease)\.(com|net)$/i;

/**
 * NetEase answers SELECT with "Unsafe Login" until an ID (RFC 2971) has come after the login. imapflow sends it before, and
 * again only to servers that answered with less than two fields, so it is sent here. imapflow 2.1.2 keeps the method that
 * sends it to itself; where it is not found, nothing is sent and SELECT says what is wrong.
 */
export const introduceAgain = async ({ client, server }: Connection): Promise<void> => {
  const isNetEase = netEase.test(server.host) || /coremail/i.test(client.greeting ?? "");
  if (!isNetEase || !client.capabilities.has("ID")) return;
  const run: unknown = Reflect.get(client, "run");
  if (typeof run === "function") await Reflect.apply(run, client, ["ID", client.clientInfo]);
};
