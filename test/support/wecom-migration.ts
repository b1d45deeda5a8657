import { Migration } from "../../shared/contract/migration.ts";
import { inAccounts } from "./migration-example.ts";

/** A migration that waits for its accounts and whose directory is WeCom's. */
export const withWecom = (
  baseUrl = "https://qyapi.weixin.qq.com",
  corpId = "ww0123456789abcdef",
): Migration => {
  const migration = inAccounts();
  const secret = { secretArn: "arn:aws:secretsmanager:eu-central-1:000000000000:secret:mailferry/x/wecom" };
  const directory = { kind: "wecom", corpId, secret, agentId: 1_000_002, baseUrl };
  return Migration.parse({ ...migration, settings: { ...migration.settings, directory } });
};
