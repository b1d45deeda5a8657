import { join } from "node:path";
import type { DovecotLayout } from "./layout.ts";
import { mailSettings } from "./mail-settings.ts";
import type { DovecotOptions } from "./options.ts";
import { passwordDatabases } from "./password-databases.ts";
import type { RunningAccount } from "./running-account.ts";

/**
 * The text of `dovecot.conf` for Dovecot 2.3 without root: one account for every process, no chroot,
 * nothing outside the two directories. Setting names: https://doc.dovecot.org/2.3/settings/core/
 */
export function dovecotConfiguration(
  options: DovecotOptions,
  layout: DovecotLayout,
  account: RunningAccount,
): string {
  return [
    ...processSettings(layout, account),
    ...loginSettings(options, layout),
    ...mailSettings(options, layout, account),
    ...listenerSettings(options, layout),
    "",
  ].join("\n");
}

function processSettings(layout: DovecotLayout, account: RunningAccount): string[] {
  return [
    `base_dir = ${layout.runDirectory}`,
    `state_dir = ${layout.runDirectory}`,
    "log_path = /dev/stderr",
    "protocols = imap",
    "listen = 127.0.0.1",
    `login_greeting = Dovecot ready ${layout.token}.`,
    `default_internal_user = ${account.user}`,
    `default_internal_group = ${account.group}`,
    `default_login_user = ${account.user}`,
    "service stats {",
    "  chroot =",
    "}",
    // The penalty server makes every login wait after one bad password from the same address: all ours come from one.
    "service anvil {",
    "  chroot =",
    "  unix_listener anvil-auth-penalty {",
    "    mode = 0",
    "  }",
    "}",
  ];
}

function loginSettings(options: DovecotOptions, layout: DovecotLayout): string[] {
  return [
    `auth_mechanisms = ${["plain", "login", ...tokenMechanisms(options)].join(" ")}`,
    "auth_failure_delay = 0",
    "auth_master_user_separator = *",
    ...passwordDatabases(options, layout),
    `mail_max_userip_connections = ${options.connectionsPerUser ?? 0}`,
    ...(options.capability === undefined ? [] : [`imap_capability = ${options.capability.join(" ")}`]),
  ];
}

function tokenMechanisms({ oauth2 }: DovecotOptions): readonly string[] {
  if (oauth2 === undefined) return [];
  return oauth2.mechanism === undefined ? ["xoauth2", "oauthbearer"] : [oauth2.mechanism];
}

function listenerSettings(options: DovecotOptions, layout: DovecotLayout): string[] {
  const tls = options.tls ?? "none";
  const certificates = [
    `ssl_cert = <${join(layout.directory, "tls", "certificate.pem")}`,
    `ssl_key = <${join(layout.directory, "tls", "key.pem")}`,
  ];
  const encryption =
    tls === "none" ? ["ssl = no", "disable_plaintext_auth = no"] : ["ssl = required", ...certificates];
  return [
    ...encryption,
    "service imap-login {",
    "  chroot =",
    // One login process serves all connections; a new one per connection costs a fork each.
    "  service_count = 0",
    "  inet_listener imap {",
    `    port = ${tls === "implicit" ? 0 : layout.port}`,
    "  }",
    "  inet_listener imaps {",
    `    port = ${tls === "implicit" ? layout.port : 0}`,
    "    ssl = yes",
    "  }",
    "}",
    "service imap {",
    "  process_limit = 1024",
    "}",
  ];
}
