import { Logger } from "@aws-lambda-powertools/logger";

/** Named facts beside a log line. */
export type Facts = Readonly<Record<string, string | number | boolean | null>>;

/** What a function may say while it works. Secrets, mail and settings are never among the facts. */
export interface Log {
  info(message: string, facts?: Facts): void;
  warn(message: string, facts?: Facts): void;
  error(message: string, facts?: Facts): void;
}

/** A logger as handlers and use cases see it. */
export const asLog = (logger: Logger): Log => ({
  info: (message, facts = {}) => logger.info(message, { ...facts }),
  warn: (message, facts = {}) => logger.warn(message, { ...facts }),
  error: (message, facts = {}) => logger.error(message, { ...facts }),
});

/** A structured logger for one function (JSON lines, as CloudWatch Logs Insights reads them). */
export const createLogger = (functionName: string): Logger => new Logger({ serviceName: functionName });
