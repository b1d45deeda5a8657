import type { PasswordAdvice } from "./app-password-advice.ts";

/** How one language calls the password of its own kind; `when` is null where nothing else is ever taken. */
interface Names {
  readonly title: string;
  readonly kind: string;
  readonly where: string;
  readonly when: string | null;
}

/** A provider that lets mail programs in with a password of its own kind, once the owner has made one on the website. */
const separatePassword = (zhCN: Names, en: Names): PasswordAdvice => ({
  before: {
    en:
      en.when === null
        ? `${en.title} takes ${en.kind} here, not the password of its website.`
        : `${en.when}, enter ${en.kind} here; otherwise your usual password.`,
    zhCN:
      zhCN.when === null
        ? `${zhCN.title}此处须填写${zhCN.kind}，而不是网页登录密码。`
        : `${zhCN.when}，请填写${zhCN.kind}；否则填写邮箱登录密码。`,
  },
  member: {
    en: `${en.title} may want ${en.kind}: sign in on its website, open ${en.where}, make one, and enter it here. It is often shown only once.`,
    zhCN: `${zhCN.title}可能要求使用${zhCN.kind}：请登录网页版邮箱，打开「${zhCN.where}」，生成后填写到此处。生成的密码通常只显示一次。`,
  },
  operator: {
    en: `${en.title} may want ${en.kind}, which the owner makes under ${en.where}. Check also that IMAP is enabled for the mailbox.`,
    zhCN: `${zhCN.title}可能要求使用${zhCN.kind}，由邮箱使用者在「${zhCN.where}」中生成。请同时确认该邮箱已开启 IMAP。`,
  },
});

const noPasswords = (title: string): PasswordAdvice => ({
  before: {
    en: `${title} does not let mail programs in with a password any more. If this does not work, it is not your fault: tell your administrator.`,
    zhCN: `${title} 已不再允许邮件程序使用密码登录。如果无法通过，并不是您的问题，请联系管理员。`,
  },
  member: {
    en: `${title} does not let mail programs in with a password any more, however right it is. You cannot change that; please tell your administrator.`,
    zhCN: `${title} 已不再允许邮件程序使用密码登录，密码正确也会被拒绝。您无需再试，请告知管理员。`,
  },
  operator: {
    en: `${title} refuses passwords over IMAP. Set source.auth to { "kind": "oauth2", "provider": "microsoft365", … }.`,
    zhCN: `${title} 的 IMAP 不接受密码。请将 source.auth 设为 { "kind": "oauth2", "provider": "microsoft365", … }。`,
  },
});

/**
 * What each recognised provider wants instead of the usual password, by its profile's name. A provider that is not here takes the password
 * of its website. Where the menus lie is from the vendors' help pages; they move them, so the words name what to look for.
 */
export const providerAdvice: ReadonlyMap<string, PasswordAdvice> = new Map([
  // exmail.qq.com help: with 安全登录 on, clients take only a 客户端专用密码 (设置 → 邮箱绑定 → 客户端专用密码, formerly 微信绑定).
  [
    "tencent-exmail",
    separatePassword(
      {
        title: "腾讯企业邮箱",
        kind: "客户端专用密码",
        where: "设置 → 邮箱绑定（或微信绑定）→ 客户端专用密码",
        when: "如果您的邮箱开启了安全登录",
      },
      {
        title: "Tencent Exmail",
        kind: "a client password (客户端专用密码)",
        where: "设置 → 邮箱绑定 (or 微信绑定) → 客户端专用密码",
        when: "If secure login (安全登录) is on for your mailbox",
      },
    ),
  ],
  // help.mail.qq.com: since 2022-11 IMAP takes only a 授权码 (设置 → 账号 → 开启服务).
  [
    "qq",
    separatePassword(
      { title: "QQ 邮箱", kind: "授权码", where: "设置 → 账号 → POP3/IMAP/SMTP 服务", when: null },
      {
        title: "QQ Mail",
        kind: "an authorisation code (授权码)",
        where: "设置 → 账号 → POP3/IMAP/SMTP 服务",
        when: null,
      },
    ),
  ],
  // qiye.163.com help: 设置 → 客户端设置 → 客户端授权码, where it is on clients take nothing else.
  [
    "netease-qiye",
    separatePassword(
      {
        title: "网易企业邮箱",
        kind: "客户端授权码",
        where: "设置 → 客户端设置 → 客户端授权码",
        when: "如果您的邮箱开启了客户端授权码",
      },
      {
        title: "NetEase Mail",
        kind: "a client authorisation code (客户端授权码)",
        where: "设置 → 客户端设置 → 客户端授权码",
        when: "If client authorisation codes are on for your mailbox",
      },
    ),
  ],
  // help.aliyun.com/document_detail/444380: the domain's administrator can make the security password compulsory.
  [
    "aliyun",
    separatePassword(
      {
        title: "阿里云企业邮箱",
        kind: "三方客户端安全密码",
        where: "设置 → 账户与安全 → 账户安全 → 三方客户端安全管理",
        when: "如果您的邮箱启用了三方客户端安全密码",
      },
      {
        title: "Alibaba Mail",
        kind: "a third-party client security password",
        where: "Settings → Account and security → Third-party client security",
        when: "If security passwords are on for your mailbox",
      },
    ),
  ],
  // support.google.com/accounts/answer/185833: an app password needs 2-Step Verification; the usual password is refused.
  [
    "gmail",
    separatePassword(
      {
        title: "Gmail ",
        kind: "应用专用密码",
        where: "myaccount.google.com → 安全性 → 两步验证 → 应用专用密码",
        when: null,
      },
      {
        title: "Gmail",
        kind: "an app password",
        where: "myaccount.google.com → Security → 2-Step Verification → App passwords",
        when: null,
      },
    ),
  ],
  // zoho.com/mail/help: with two-factor authentication or SAML on, IMAP takes only an application-specific password.
  [
    "zoho",
    separatePassword(
      {
        title: "Zoho Mail ",
        kind: "应用专用密码",
        where: "accounts.zoho.com → 安全 → 应用专用密码",
        when: "如果您的 Zoho 账号开启了多重身份验证",
      },
      {
        title: "Zoho Mail",
        kind: "an app password",
        where: "accounts.zoho.com → Security → App Passwords",
        when: "If multi-factor authentication is on for your account",
      },
    ),
  ],
  // learn.microsoft.com, "Deprecation of Basic authentication in Exchange Online": switched off for IMAP everywhere, 21Vianet included.
  ["microsoft365", noPasswords("Microsoft 365")],
  ["microsoft365-china", noPasswords("Microsoft 365 (世纪互联)")],
]);
