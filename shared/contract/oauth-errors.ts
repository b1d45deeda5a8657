/** The part of the vocabulary about access tokens (OAuth 2.0); `errors.ts` holds the rest. */
export const oauthErrors = {
  Microsoft365Refused: {
    en: "Microsoft 365 gave application {client} of tenant {tenant} no access token: {words}. Check tenant, clientId and the client secret (it may have expired), give the application the permission IMAP.AccessAsApp of Office 365 Exchange Online with admin consent, then start the mailboxes again.",
    zhCN: "Microsoft 365 未向租户 {tenant} 的应用 {client} 发放访问令牌：{words}。请检查 tenant、clientId 和客户端密码（可能已过期），为应用添加 Office 365 Exchange Online 的 IMAP.AccessAsApp 权限并由管理员同意，然后重启相关邮箱的迁移。",
  },
  GoogleRefused: {
    en: "Google gave service account {client} no access token for {mailbox}: {words}. Check that the account's key is still valid, that domain-wide delegation in the Google admin console grants its client id the scope https://mail.google.com/, and that the mailbox exists; then start the mailbox again.",
    zhCN: "Google 未向服务账号 {client} 发放邮箱 {mailbox} 的访问令牌：{words}。请检查该账号的密钥是否有效、Google 管理控制台的全网域授权是否已为其客户端 ID 授予 https://mail.google.com/ 范围，以及该邮箱是否存在，然后重启该邮箱的迁移。",
  },
  TokenRefused: {
    en: "The {side} server does not open {mailbox} with the access token: {words}. Check that the mailbox exists and that IMAP is on for it; in Microsoft 365 also that the application's service principal in Exchange Online has FullAccess to it. Then start the mailbox again.",
    zhCN: "{side}服务器不接受用访问令牌打开 {mailbox}：{words}。请检查该邮箱是否存在并已开启 IMAP；在 Microsoft 365 中还需确认该应用在 Exchange Online 的服务主体对其具有 FullAccess 权限。然后重启该邮箱的迁移。",
  },
} as const satisfies Record<string, { readonly en: string; readonly zhCN: string }>;
