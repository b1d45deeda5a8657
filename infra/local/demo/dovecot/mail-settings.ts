import { join } from "node:path";
import { type DovecotLayout, unexpanded } from "./layout.ts";
import type { DovecotOptions } from "./options.ts";
import type { RunningAccount } from "./running-account.ts";

/** The part of `dovecot.conf` that says where mail lies, what folders are called and how much may be kept. */
export function mailSettings(
  options: DovecotOptions,
  layout: DovecotLayout,
  account: RunningAccount,
): string[] {
  return [
    "userdb {",
    "  driver = static",
    `  args = uid=${account.uid} gid=${account.gid}`,
    "}",
    `mail_home = ${join(unexpanded(layout.directory), "mail", "%u")}`,
    "first_valid_uid = 1",
    "first_valid_gid = 1",
    `mail_location = ${options.storage ?? "sdbox"}:~/mail`,
    // A test bed loses nothing of worth at a power cut, and fsync would measure the disk.
    "mail_fsync = never",
    "namespace inbox {",
    "  inbox = yes",
    `  separator = ${quoted(options.separator ?? "/")}`,
    `  prefix = ${quoted(options.namespacePrefix ?? "")}`,
    ...(options.specialUse ?? []).flatMap(({ path, use }) => [
      `  mailbox ${quoted(path)} {`,
      `    special_use = ${use}`,
      "  }",
    ]),
    "}",
    ...quotaSettings(options),
  ];
}

function quotaSettings(options: DovecotOptions): string[] {
  if (options.quotaBytes === undefined && options.largestMessageBytes === undefined) return [];
  return [
    "mail_plugins = quota",
    "protocol imap {",
    "  mail_plugins = quota imap_quota",
    "}",
    "plugin {",
    "  quota = count:User quota",
    "  quota_vsizes = yes",
    `  quota_rule = *:bytes=${options.quotaBytes ?? 0}`,
    // The default lets one message past the limit, which a test of refusal must be able to exclude.
    "  quota_grace = 0",
    ...(options.largestMessageBytes === undefined
      ? []
      : [`  quota_max_mail_size = ${options.largestMessageBytes}B`]),
    "}",
  ];
}

function quoted(value: string): string {
  return `"${value.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}
