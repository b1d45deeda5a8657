import type { MailferryError } from "../../../shared/contract/errors.ts";
import { toError, toStoredError } from "../../../shared/contract/stored-error.ts";
import type { Login } from "../../../shared/ports/mail-server.ts";

/**
 * A failure to log in without what let us try: some servers quote the command they refuse, and why a mailbox could not be entered is
 * recorded, shown and logged. Where something had to be hidden, imapflow's error goes too, which holds the words as they came.
 */
export const withoutSecrets = (failure: MailferryError, login: Login): MailferryError => {
  const { name, evidence } = toStoredError(failure);
  const forms = formsOf(login);
  const told = Object.entries(evidence).map(([key, value]) => {
    if (typeof value !== "string") return { key, value, told: value };
    return { key, value, told: forms.reduce((words, form) => words.replaceAll(form, "•••"), value) };
  });
  return told.every((one) => one.told === one.value)
    ? failure
    : toError({ name, evidence: Object.fromEntries(told.map((one) => [one.key, one.told])) });
};

/**
 * How a secret goes over the line, the longer forms first: in base64 with the names before it (SASL PLAIN, RFC 4616) or alone (SASL LOGIN),
 * quoted (RFC 9051 §4.3), and as it is.
 */
const formsOf = ({ user, password, accessToken, authorizationId = "" }: Login): readonly string[] => {
  if (accessToken !== undefined) return [accessToken];
  const quoted = password.replace(/["\\]/g, "\\$&");
  return [base64([authorizationId, user, password].join("\0")), base64(password), quoted, password].filter(
    (form) => form !== "",
  );
};

const base64 = (text: string): string => Buffer.from(text, "utf8").toString("base64");
