import { isLoopback } from "../../../shared/domain/server-address.ts";
import { terminalLanguage } from "./language.ts";
import { UnusableInput } from "./unusable-input.ts";

/**
 * Refuses a pipeline's endpoint at which somebody on the way could read along: secrets, workbooks and typed-in passwords are sent there,
 * and a signed request hides nothing of its body. @throws UnusableInput
 */
export const refuseOpenEndpoint = (endpoint: string): void => {
  const url = URL.parse(endpoint);
  if (url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback(url.hostname))) return;
  throw new UnusableInput([inClear[terminalLanguage()]]);
};

const inClear = {
  en: "--aws-endpoint: passwords would go there in clear; use https, or the address on this machine that npm start prints",
  zhCN: "--aws-endpoint：密码会以明文发送到该地址；请使用 https，或 npm start 显示的本机地址",
} as const;
