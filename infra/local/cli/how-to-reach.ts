import type { Language } from "../../../shared/contract/errors.ts";
import type { LocalCloud } from "../cloud.ts";
import { terminalLanguage } from "./language.ts";

/** What there is to be told of a pipeline that is up. */
type Reachable = Pick<
  LocalCloud,
  "endpoint" | "region" | "credentials" | "outputs" | "outbox" | "dnsAddress"
>;

/** What a person needs to use a pipeline that is up: how to upload a sheet and watch, and where it answers. */
export const howToReach = (
  cloud: Reachable,
  settingsFile: string,
  accountsFile: string,
  language: Language = terminalLanguage(),
): string => {
  const { endpoint, region, credentials, outputs, outbox, dnsAddress } = cloud;
  return `
${isUp(endpoint)[language]}

  export AWS_ACCESS_KEY_ID=${credentials.accessKeyId} AWS_SECRET_ACCESS_KEY=${credentials.secretAccessKey} AWS_REGION=${region}

${upload[language]}

  npm run -s migrate -- --aws-endpoint ${endpoint} --settings ${quoted(settingsFile)} --accounts ${quoted(accountsFile)} --through history

${operate[language]}

  npm run -s operate -- --help
  npm run -s operate -- export-passwords --out passwords.xlsx --aws-endpoint ${endpoint}

${anyClient[language]}

  aws --endpoint-url ${endpoint} stepfunctions list-executions --state-machine-arn ${outputs.StateMachineArn ?? ""}
  aws --endpoint-url ${endpoint} dynamodb scan --table-name ${outputs.TableName ?? ""}

${mail(outbox)[language]}

${names(dnsAddress)[language]}
`;
};

const isUp = (endpoint: string) => ({
  en: `The pipeline is up at ${endpoint} (this machine only). In another terminal:`,
  zhCN: `流水线已启动：${endpoint}（仅限本机）。请在另一个终端中执行：`,
});

const upload = {
  en: "Upload the sheet, start the migration and watch it:",
  zhCN: "上传表格，开始迁移并查看进度：",
} as const;

const operate = {
  en: "Passwords, restarts and whatever else an operator does:",
  zhCN: "密码、重启以及其他操作：",
} as const;

const anyClient = {
  en: "Any AWS client works too, for example:",
  zhCN: "也可以使用任何 AWS 客户端，例如：",
} as const;

const mail = (outbox: string) => ({
  en: `Mail to members is not sent: with members.ask and notices.from in the settings it lies, one JSON file each, in
${outbox}, and the links in it open the members' page on this machine.`,
  zhCN: `给成员的邮件不会真正发出：在设置中填写 members.ask 和 notices.from 后，每封邮件以一个 JSON 文件存放于
${outbox}，其中的链接可在本机打开成员页面。`,
});

const names = (dnsAddress: string) => ({
  en: `Names under the demo zones are answered at ${dnsAddress}. Ctrl-C stops everything that was started here.`,
  zhCN: `演示域名由 ${dnsAddress} 解析。按 Ctrl-C 停止此处启动的全部程序。`,
});

const quoted = (file: string): string =>
  /^[\w./-]+$/.test(file) ? file : `'${file.replaceAll("'", "'\\''")}'`;
