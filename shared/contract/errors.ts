import { oauthErrors } from "./oauth-errors.ts";
import { reasonText } from "./unreadable-reasons.ts";
import { wecomErrors } from "./wecom-errors.ts";

/**
 * The vocabulary of everything that can go wrong and reaches a person or a workflow: one name, what happened and what
 * to do next, in English and Chinese. A name is what Step Functions sees as `ErrorEquals`, so it never changes its meaning.
 * `{placeholders}` are the evidence an error carries; secrets are never evidence.
 */
export const vocabulary = {
  SettingsUnusable: {
    en: "The settings cannot be used: {problems}. Correct migration.json and start again.",
    zhCN: "设置无法使用：{problems}。请修改 migration.json 后重新开始。",
  },
  SecretMissing: {
    en: "The secret for {path} was not found in {place}. Put it there and start again.",
    zhCN: "{place} 中找不到 {path} 的密钥。请补上后重新开始。",
  },
  DomainUnusable: {
    en: "{domain} cannot be migrated: {reason}. Check the spelling and that the domain is registered.",
    zhCN: "无法迁移 {domain}：{reason}。请检查拼写以及域名是否已注册。",
  },
  NameServerUnreachable: {
    en: "Name server {server} gave no answer about {domain}: {reason}. Check that it can be reached; it will be asked again.",
    zhCN: "域名服务器 {server} 没有回答关于 {domain} 的查询：{reason}。请检查其是否可达，系统会再次查询。",
  },
  ServerUnreachable: {
    en: "The {side} server {host}:{port} cannot be reached: {reason}. Check host, port and firewall.",
    zhCN: "无法连接{side}服务器 {host}:{port}：{reason}。请检查主机、端口和防火墙。",
  },
  TlsFailed: {
    en: 'The {side} server {host}:{port} failed the TLS check: {reason}. Check the certificate, set "ca" for a private authority, or the "tls" mode.',
    zhCN: "{side}服务器 {host}:{port} 未通过 TLS 检查：{reason}。请检查证书，私有 CA 请设置 ca，或检查 tls 方式。",
  },
  ServerBusy: {
    en: "The {side} server {host} asks to wait: {words}. It is tried again by itself.",
    zhCN: "{side}服务器 {host} 要求等待：{words}。系统会自动重试。",
  },
  LoginRefused: {
    en: "The {side} server refused the login of {mailbox}: {words}. Check the password, or whether the provider wants an app password.",
    zhCN: "{side}服务器拒绝 {mailbox} 登录：{words}。请检查密码，或确认是否需要客户端专用密码。",
  },
  MasterRefused: {
    en: "The {side} server does not open {mailbox} for the master user: {words}. Check that the mailbox exists, that the master user may open it, and the master user's name and password in the settings; then start the mailbox again.",
    zhCN: "{side}服务器不允许管理员账号打开 {mailbox}：{words}。请检查该邮箱是否存在、管理员账号是否有权打开它，以及设置中管理员账号的用户名和密码，然后重启该邮箱的迁移。",
  },
  ...oauthErrors,
  ConnectionLost: {
    en: "The connection to the {side} server {host} ended in the middle: {reason}. The work is taken up again where it stood.",
    zhCN: "与{side}服务器 {host} 的连接中断：{reason}。系统会从中断处继续。",
  },
  ServerAnswerUnusable: {
    en: "The {side} server {host} gave an answer that cannot be used ({what}). Nothing was assumed; it is tried again.",
    zhCN: "{side}服务器 {host} 的应答无法使用（{what}）。系统不作任何假设，会再次尝试。",
  },
  FolderUnusable: {
    en: "Folder {folder} of {mailbox} cannot be opened or created on the {side} server: {words}. Rename it or remove the obstacle, then start the mailbox again.",
    zhCN: "{mailbox} 的文件夹 {folder} 无法在{side}服务器上打开或创建：{words}。请改名或排除障碍后重启该邮箱的迁移。",
  },
  FolderReplaced: {
    en: "Folder {folder} of {mailbox} was replaced on the {side} server during the pass (UIDVALIDITY changed). The next pass recognises its messages by content.",
    zhCN: "{mailbox} 的文件夹 {folder} 在迁移过程中于{side}服务器上被重建（UIDVALIDITY 改变）。下一轮会按内容识别其邮件。",
  },
  FolderLate: {
    en: "The {count} messages in folder {folder} of {mailbox} were not copied: the folder came, or could be opened, only after the pass had begun. The next pass copies it; start the mailbox again to have it at once.",
    zhCN: "{mailbox} 的文件夹 {folder} 中 {count} 封邮件未迁移：该文件夹在本轮开始之后才出现或才能打开。下一轮会迁移；如需立即迁移，请重启该邮箱的迁移。",
  },
  MailboxUnbalanced: {
    en: "{mailbox} does not add up: {source} messages at the source, but {copied} copied, {alreadyThere} already there, {refused} refused. Start the mailbox again; if it stays so, report it.",
    zhCN: "{mailbox} 数目不符：原邮箱 {source} 封，已复制 {copied}，原已存在 {alreadyThere}，被拒绝 {refused}。请重启该邮箱的迁移；若仍如此请反馈。",
  },
  MessagesDoubled: {
    en: "{count} messages in folder {folder} of {mailbox} stand on the target once more than at the source: the server stored them after the connection to it had been lost, or somebody copied them there, which cannot be told apart. Nothing is missing and none of them was removed. Remove them there by hand, or leave them, then start the mailbox again.",
    zhCN: "{mailbox} 的文件夹 {folder} 中有 {count} 封邮件在新邮箱比原邮箱多出一份：可能是连接中断后服务器才存入，也可能是有人在新邮箱复制，二者无法区分。没有邮件缺失，也未删除其中任何一封。请在新邮箱手工删除或保留，然后重启该邮箱的迁移。",
  },
  DeletionsDoubtful: {
    en: "{count} of {of} messages that were copied from folder {folder} of {mailbox} are gone from the source. None was removed from the target. If they were meant to go, confirm it (confirm-deletions); otherwise restore them at the source; then start the mailbox again.",
    zhCN: "{mailbox} 的文件夹 {folder} 中已复制的 {of} 封邮件有 {count} 封已从原邮箱消失。新邮箱未删除任何邮件。如确属有意删除，请确认（confirm-deletions）；否则请在原邮箱恢复；然后重启该邮箱的迁移。",
  },
  ArchiveHidden: {
    en: "All Mail of {mailbox} is not shown in IMAP, so archived mail, which lies in no other folder, cannot be seen. All other mail is copied. The member ticks “Show in IMAP” beside All Mail in Gmail's settings (Labels); then start the mailbox again.",
    zhCN: "{mailbox} 的“所有邮件”未在 IMAP 中显示，因此无法看到只存在于其中的已归档邮件；其他邮件均已复制。请成员在 Gmail 设置的“标签”中为“所有邮件”勾选“在 IMAP 中显示”，然后重启该邮箱的迁移。",
  },
  BatchesUnfinished: {
    en: "{count} batches of {mailbox} could not be finished after several tries: {reason}. Look at the copy dead-letter queue, then start the mailbox again.",
    zhCN: "{mailbox} 有 {count} 个批次多次尝试仍未完成：{reason}。请查看死信队列后重启该邮箱的迁移。",
  },
  WorkLost: {
    en: "The work on {mailbox} vanished from the copy queue; it was put back {count} times, and each time nothing was heard of it again. Look at the mailbox worker's log and throttling, at the copy dead-letter queue, and whether somebody purges the copy queue; then start the mailbox again.",
    zhCN: "{mailbox} 的任务从复制队列中消失；已重新投递 {count} 次，每次都再无音讯。请检查邮箱工作函数的日志与限流、复制死信队列，以及是否有人清空复制队列；然后重启该邮箱的迁移。",
  },
  WorkSuperseded: {
    en: "The work on {mailbox} was taken over by a newer delivery; this one stopped before writing.",
    zhCN: "{mailbox} 的任务已由更新的投递接管，本次在写入前停止。",
  },
  WorkbookUnreadable: {
    en: "{file} cannot be read: {reason}. Save it as an .xlsx workbook without a password, or as .csv, and upload it again.",
    zhCN: "无法读取 {file}：{reason}。请另存为不加密的 .xlsx 工作簿或 .csv 文件后重新上传。",
  },
  SheetMissing: {
    en: "{file} has no sheet named {sheet}. Keep the sheet names of the template.",
    zhCN: "{file} 中没有名为 {sheet} 的工作表。请保留模板的工作表名称。",
  },
  AccountsFileGiven: {
    en: "{file} is the accounts workbook, not the file of passwords; nothing was changed. Have that file written (npm run operate -- export-passwords), fill in its last column and import it; or import the workbook as accounts once more, which takes the passwords in it too.",
    zhCN: "{file} 是账号表格，不是「导入原邮箱密码」文件，未作任何更改。请先导出该文件（npm run operate -- export-passwords），填写最后一列后导入；或将该表格作为账号表格再次导入，其中的密码也会生效。",
  },
  ColumnMissing: {
    en: "Sheet {sheet} of {file} has no column {column}. Keep the headers of the template.",
    zhCN: "{file} 的工作表 {sheet} 缺少列 {column}。请保留模板的表头。",
  },
  SheetRepeated: {
    en: "{file} has the sheets {sheet} and {other} for the same thing. Keep one of them.",
    zhCN: "{file} 中的工作表 {sheet} 与 {other} 用途相同。请只保留其中一个。",
  },
  ColumnRepeated: {
    en: "Sheet {sheet} of {file} has column {column} twice. Keep one of them.",
    zhCN: "{file} 的工作表 {sheet} 中列 {column} 出现了两次。请只保留其中一列。",
  },
  DirectoryUnreadable: {
    en: "The members' directory {path} cannot be used: {reason}. It is a JSON array of members with userid and name.",
    zhCN: "通讯录 {path} 无法使用：{reason}。应为包含 userid 与 name 的成员 JSON 数组。",
  },
  ...wecomErrors,
  DirectoryMissing: {
    en: "{file} brings no members' directory, and none was uploaded before. Upload the directory first, as a .csv or with a workbook, or name a members' file in the settings.",
    zhCN: "{file} 未包含企业微信通讯录，此前也没有上传过。请先上传通讯录（.csv 或工作簿），或在设置中指定成员文件。",
  },
  MailNotSent: {
    en: "No mail can be sent from {from}: {reason}. Verify the sender in SES as the deployment's mailFrom, have SES take the account out of its sandbox, and put the waiting notices back (runbook, notices-dead-letters).",
    zhCN: "无法以 {from} 发送邮件：{reason}。请在 SES 中验证该发件人（即部署设置 mailFrom），将账户移出 SES 沙箱，然后重新投递等待中的通知（见运行手册 notices-dead-letters）。",
  },
  ImportsUnderWay: {
    en: "Another import of the migration, or the clearing of its accounts, is under way. {file} is tried again by itself.",
    zhCN: "该迁移的另一次导入或账号清除正在进行。系统会自动重试 {file}。",
  },
  RecordUnreadable: {
    en: "The stored record {key} cannot be read: {reason}. Nothing was assumed about it.",
    zhCN: "存储的记录 {key} 无法读取：{reason}。系统未对其作任何假设。",
  },
  MigrationUnknown: {
    en: "There is no migration {migrationId}. Check its id.",
    zhCN: "没有迁移 {migrationId}。请检查其编号。",
  },
  WorkflowFailed: {
    en: "The workflow of the migration ended with {error}: {cause}. Look at the execution's history, then start it again.",
    zhCN: "迁移流程因 {error} 中止：{cause}。请查看执行历史后重新启动。",
  },
  MessageUnusable: {
    en: "An event or message cannot be read as {schema}: {reason}. It is kept in the dead-letter queue.",
    zhCN: "事件或消息无法按 {schema} 读取：{reason}。已保留在死信队列中。",
  },
  AccountNotFound: {
    en: "{mailbox} is not an account of migration {migrationId}. It may have been cleared meanwhile.",
    zhCN: "{mailbox} 不是迁移 {migrationId} 的账号，可能已被清除。",
  },
} as const satisfies Record<string, { readonly en: string; readonly zhCN: string }>;

export type ErrorName = keyof typeof vocabulary;
export type Language = "en" | "zhCN";

type Placeholders<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

/** What an error of this name must carry: the placeholders of its sentence. */
export type Evidence<Name extends ErrorName> = Readonly<
  Record<Placeholders<(typeof vocabulary)[Name]["en"]>, string | number>
>;

/** An error of the vocabulary. `name` is set on the instance, because Lambda reports `error.name` as `errorType`. */
export class MailferryError<Name extends ErrorName = ErrorName> extends Error {
  override readonly name: Name;
  readonly evidence: Evidence<Name>;

  constructor(name: Name, evidence: Evidence<Name>, options?: ErrorOptions) {
    super(sentence(name, evidence, "en"), options);
    this.name = name;
    this.evidence = evidence;
  }

  /** The sentence for the person concerned. */
  in(language: Language): string {
    return sentence(this.name, this.evidence, language);
  }
}

/** Whether something thrown is an error of the vocabulary, of one of these names if any are given. */
export const isMailferryError = <Name extends ErrorName = ErrorName>(
  thrown: unknown,
  ...names: readonly Name[]
): thrown is MailferryError<Name> =>
  thrown instanceof MailferryError && (names.length === 0 || names.some((name) => name === thrown.name));

/** Fills a sentence of the vocabulary with its evidence; what is missing shows as `?` rather than hiding the error. */
export const sentence = (
  name: ErrorName,
  evidence: Readonly<Record<string, string | number>>,
  language: Language,
): string =>
  vocabulary[name][language].replace(/\{(\w+)\}/g, (_whole, key: string) => {
    const value = evidence[key] ?? "?";
    if (name === "WorkbookUnreadable" && key === "reason")
      return reasonText(String(value), evidence.detail, language);
    // What was recorded before problems were kept in Chinese has them in English alone.
    if (name === "SettingsUnusable" && language === "zhCN")
      return String(evidence.problemsInChinese ?? value);
    if (language === "zhCN" && key === "side") return sideInChinese[value] ?? String(value);
    return key === "words" ? withoutStop(String(value)) : String(value);
  });

/** A server's words stand in the midst of a sentence, and most servers end theirs with a full stop. */
const withoutStop = (words: string): string => words.replace(/(?<=[^.])\.$/, "");

const sideInChinese: Readonly<Record<string, string>> = { source: "原邮件", target: "新邮件" };
