import type { SourceServer } from "../contract/settings.ts";
import { providerAt, providerNamed } from "../domain/provider.ts";
import { providerAdvice } from "./provider-advice.ts";

/** One sentence or a few, in both languages. */
export interface Text {
  readonly en: string;
  readonly zhCN: string;
}

/** What kind of password a provider's IMAP takes. */
export interface PasswordAdvice {
  /** Before anything is typed: which password is meant. */
  readonly before: Text;
  /** To the owner of a mailbox whose password was refused. */
  readonly member: Text;
  /** To whoever runs the migration. */
  readonly operator: Text;
}

/** The advice for the server a mailbox is moved from: by the profile the settings name, else by whose IMAP host it is. */
export const adviceFor = ({ host, profile }: Pick<SourceServer, "host" | "profile">): PasswordAdvice => {
  const named = profile === undefined ? null : providerNamed(profile);
  const provider = named ?? providerAt(host);
  const byHost = host.toLowerCase() === "imap.qq.com" ? "qq" : "";
  return providerAdvice.get(provider?.name ?? byHost) ?? usualAdvice;
};

const usualAdvice: PasswordAdvice = {
  before: {
    en: "It is the password with which you open this mailbox in a mail program or on its website.",
    zhCN: "即您在邮件客户端或网页上登录该邮箱时使用的密码。",
  },
  member: {
    en: "Check capital letters and the keyboard's language. If your provider gives out separate passwords for mail programs (app passwords), use one of those.",
    zhCN: "请检查大小写和输入法。如果邮箱服务商要求邮件客户端使用单独的密码（授权码、客户端专用密码），请填写该密码。",
  },
  operator: {
    en: "Check the password with the mailbox' owner, whether IMAP is enabled for the mailbox, and whether the provider wants an app password.",
    zhCN: "请与邮箱使用者核对密码，并确认该邮箱已开启 IMAP，以及服务商是否要求客户端专用密码。",
  },
};
