import { MailferryError } from "../../../shared/contract/errors.ts";
import type { ServerAddress } from "../../../shared/ports/mail-server.ts";
import { type ImapFailure, isBusy, readFailure, wordsOf } from "./failure.ts";

const tlsCode =
  /^(ERR_TLS|ERR_SSL|EPROTO|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|HOSTNAME_MISMATCH|UPGRADE_TIMEOUT|STARTTLS_INJECTION)/;

/**
 * Why a server could not be entered. imapflow calls every NO to a login `authenticationFailed`, a busy server's included: a wrong
 * password is told apart by the response code, and where there is none by the words.
 */
export const enterFailure = (server: ServerAddress, mailbox: string, thrown: unknown): MailferryError => {
  const { side, host, port } = server;
  const failure = readFailure(thrown);
  const cause = { cause: thrown };
  if (isBusy(failure) || isTurnedAway(failure)) {
    return new MailferryError("ServerBusy", { side, host, words: wordsOf(failure) }, cause);
  }
  if (failure.authenticationFailed) {
    return new MailferryError("LoginRefused", { side, mailbox, words: wordsOf(failure) }, cause);
  }
  const reason = failure.message === "" ? (failure.code ?? "no reason given") : failure.message;
  if (failure.tlsFailed || tlsCode.test(failure.code ?? "")) {
    return new MailferryError("TlsFailed", { side, host, port, reason }, cause);
  }
  return new MailferryError("ServerUnreachable", { side, host, port, reason }, cause);
};

/** At its limit of connections a server says `NO [LIMIT]` to the login (Dovecot; newer ones `[UNAVAILABLE]`), or BYE instead of a greeting. */
const isTurnedAway = ({ responseStatus, reason, serverResponseCode }: ImapFailure): boolean =>
  serverResponseCode === "LIMIT" || (responseStatus === undefined && reason !== undefined);
