import { join } from "node:path";
import { type DovecotLayout, unexpanded } from "./layout.ts";
import type { DovecotOptions } from "./options.ts";

/** The part of `dovecot.conf` that says who may log in: master users, tokens, the accounts' own passwords, and nobody else. */
export function passwordDatabases(options: DovecotOptions, layout: DovecotLayout): string[] {
  const directory = unexpanded(layout.directory);
  return [
    ...(options.masterUser === undefined ? [] : master(directory)),
    ...(options.exchange === undefined ? [] : exchange(directory, options.exchange)),
    ...(options.oauth2 === undefined ? [] : tokens(directory)),
    "passdb {",
    "  driver = passwd-file",
    `  args = ${join(directory, "users")}`,
    "}",
    // Whoever gets this far is refused at once; else refusals are handed out every half second only, whatever the delay.
    "passdb {",
    "  driver = static",
    "  deny = yes",
    "  args = nodelay=yes",
    "}",
  ];
}

function master(directory: string): string[] {
  return [
    "passdb {",
    "  driver = passwd-file",
    "  master = yes",
    `  args = ${join(directory, "masters")}`,
    // The account itself must exist too: a master's right password alone opens nothing.
    "  result_success = continue",
    "}",
  ];
}

/**
 * Dovecot has no such form, but it can cut a name at its `@`: so the backslashes become some, the part in the middle is looked up
 * among the masters, and the last one is the account. https://doc.dovecot.org/2.3/configuration_manual/config_file/config_variables/
 */
function exchange(
  directory: string,
  { domain, mailDomain }: NonNullable<DovecotOptions["exchange"]>,
): string[] {
  return [
    'auth_username_translation = "\\\\@"',
    "passdb {",
    "  driver = passwd-file",
    `  username_filter = ${domain.toLowerCase()}@*@*`,
    `  args = username_format=%{domain_first} ${join(directory, "masters")}`,
    `  override_fields = user=%{domain_last}@${mailDomain}`,
    // The name has been changed by now, and the account's own password would open it too.
    "  result_failure = return-fail",
    "}",
  ];
}

function tokens(directory: string): string[] {
  return [
    "passdb {",
    "  driver = oauth2",
    "  mechanisms = xoauth2 oauthbearer",
    `  args = ${join(directory, "oauth2.conf")}`,
    "}",
  ];
}
