import type { MxRecord } from "../contract/migration.ts";
import type { ServerAddress } from "../ports/mail-server.ts";

/** A mail provider: how its customers' MX records end, and where its IMAP listens. */
export interface Provider {
  /** The name of its profile in the settings. */
  readonly name: string;
  readonly title: string;
  /** Exchanges end with one of these, at a label's boundary. */
  readonly exchanges: readonly string[];
  readonly imap: Pick<ServerAddress, "host" | "port" | "tls">;
  /** What a mailbox lets be fetched in a day, where the provider is known to shut those out who fetch more. */
  readonly bytesPerDayPerMailbox?: number;
}

const implicit = (host: string): Provider["imap"] => ({ host, port: 993, tls: "implicit" });

/**
 * The providers that are recognised. Hosts and exchanges are from the vendors' own set-up pages; from outside China,
 * hwimap.exmail.qq.com is Tencent's nearer door.
 */
export const providers: readonly Provider[] = [
  {
    name: "tencent-exmail",
    title: "腾讯企业邮箱 / 企业微信邮箱",
    exchanges: ["mxbiz1.qq.com", "mxbiz2.qq.com"],
    imap: implicit("imap.exmail.qq.com"),
  },
  {
    name: "netease-qiye",
    title: "网易企业邮箱",
    exchanges: ["mxmail.netease.com"],
    imap: implicit("imap.qiye.163.com"),
  },
  {
    name: "aliyun",
    title: "阿里云企业邮箱",
    exchanges: ["qiye.aliyun.com", "mxhichina.com", "sg.aliyun.com"],
    imap: implicit("imap.qiye.aliyun.com"),
  },
  {
    name: "263",
    title: "263 企业邮箱",
    exchanges: ["263.net", "263xmail.com"],
    imap: implicit("imap.263.net"),
  },
  {
    name: "gmail",
    title: "Google Workspace (Gmail)",
    exchanges: ["aspmx.l.google.com", "smtp.google.com", "googlemail.com"],
    imap: implicit("imap.gmail.com"),
    // Google Workspace admin help, "Gmail bandwidth limits": 2,500 MB of IMAP download a day, then up to 24 hours of nothing.
    bytesPerDayPerMailbox: 2_500_000_000,
  },
  {
    name: "microsoft365-china",
    title: "Microsoft 365 (世纪互联)",
    exchanges: ["mail.protection.partner.outlook.cn"],
    imap: implicit("partner.outlook.cn"),
  },
  {
    name: "microsoft365",
    title: "Microsoft 365",
    exchanges: ["mail.protection.outlook.com", "mx.microsoft"],
    imap: implicit("outlook.office365.com"),
  },
  {
    name: "zoho",
    title: "Zoho Mail",
    exchanges: ["zoho.com", "zoho.eu", "zoho.in", "zoho.com.cn"],
    imap: implicit("imappro.zoho.com"),
  },
];

/** The provider of that profile name, or null when there is none. */
export const providerNamed = (name: string): Provider | null =>
  providers.find((provider) => provider.name === name) ?? null;

/** The provider whose IMAP server this host is, by any of its doors (`hwimap.exmail.qq.com`); null for anybody's own server. */
export const providerAt = (host: string): Provider | null => {
  const name = host.toLowerCase().replace(/\.$/, "");
  return providers.find(({ imap }) => isDoorOf(name, imap.host)) ?? null;
};

/** Under a domain of its own for mail (`exmail.qq.com`) every host is the provider's; `gmail.com` and `263.net` have others. */
const isDoorOf = (name: string, imap: string): boolean => {
  const domain = imap.slice(imap.indexOf(".") + 1);
  return name === imap || (domain.split(".").length > 2 && name.endsWith(`.${domain}`));
};

/**
 * Who serves a domain, as its most preferred recognised exchange tells; null for anybody's own server. A filter in front of the
 * provider hides it, so the answer only fills in a form and never decides.
 */
export const recogniseProvider = (
  mx: readonly Pick<MxRecord, "preference" | "exchange">[],
): Provider | null => {
  for (const { exchange } of mx.toSorted((one, other) => one.preference - other.preference)) {
    const provider = providers.find(({ exchanges }) => exchanges.some((end) => endsWith(exchange, end)));
    if (provider !== undefined) return provider;
  }
  return null;
};

const endsWith = (exchange: string, end: string): boolean => {
  const name = exchange.toLowerCase().replace(/\.$/, "");
  return name === end || name.endsWith(`.${end}`);
};
