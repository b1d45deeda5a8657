import { loginFor } from "../accounts/login-for.ts";
import type { Account, NotStartedReason } from "../contract/account.ts";
import { isMailferryError } from "../contract/errors.ts";
import type { HeldSettings } from "../contract/settings.ts";
import { toStoredError } from "../contract/stored-error.ts";
import { serverAddress } from "../domain/server-address.ts";
import { type FolderProfiles, folderProfileOf } from "../folders/folder-profile.ts";
import type { Login, MailSession, Side } from "../ports/mail-server.ts";
import type { WorkerPorts } from "./worker-ports.ts";

/** A mailbox entered at both ends. */
export interface Sessions {
  readonly source: MailSession;
  readonly target: MailSession;
  /** What is peculiar about the folders of either. */
  readonly profiles: FolderProfiles;
}

type SessionPorts = Pick<WorkerPorts, "vault" | "secrets" | "mailServers">;

/** What was done inside, or why nothing could be. */
export type Entered<Result> =
  | { readonly entered: true; readonly result: Result }
  | { readonly entered: false; readonly reason: NotStartedReason };

/**
 * Logs in on both sides, lets `use` work there, and logs out whatever happens. A missing or refused credential is an
 * expected outcome; everything else is thrown.
 */
export const withSessions = async <Result>(
  app: SessionPorts,
  settings: HeldSettings,
  account: Account,
  use: (sessions: Sessions) => Promise<Result>,
): Promise<Entered<Result>> => {
  const [sourceLogin, targetLogin] = await Promise.all([
    loginOf(app, settings, account, "source"),
    loginOf(app, settings, account, "target"),
  ]);
  if (sourceLogin === null) return { entered: false, reason: { kind: "passwordMissing", side: "source" } };
  if (targetLogin === null) return { entered: false, reason: { kind: "passwordMissing", side: "target" } };
  const { connectionsPerMailbox, connectionsPerSourceHost } = settings.copy;
  const reading = Math.min(connectionsPerMailbox, connectionsPerSourceHost);
  const opened = await Promise.allSettled([
    app.mailServers.enter({ ...serverAddress("source", settings.source), connections: reading }, sourceLogin),
    app.mailServers.enter(
      { ...serverAddress("target", settings.target), connections: connectionsPerMailbox },
      targetLogin,
    ),
  ]);
  const [source, target] = opened;
  try {
    if (source.status === "rejected") return notEntered(source.reason);
    if (target.status === "rejected") return notEntered(target.reason);
    const profiles = {
      source: folderProfileOf(settings.source, source.value, settings.copy.views),
      target: folderProfileOf(settings.target, target.value),
    };
    return { entered: true, result: await use({ source: source.value, target: target.value, profiles }) };
  } finally {
    const sessions = opened.flatMap((side) => (side.status === "fulfilled" ? [side.value] : []));
    await Promise.all(sessions.map((session) => session.leave()));
  }
};

const notEntered = (thrown: unknown): { readonly entered: false; readonly reason: NotStartedReason } => {
  if (!isMailferryError(thrown, "LoginRefused")) throw thrown;
  return { entered: false, reason: { kind: "loginRefused", error: toStoredError(thrown) } };
};

const loginOf = async (
  app: SessionPorts,
  settings: HeldSettings,
  account: Account,
  side: Side,
): Promise<Login | null> => {
  const { auth } = settings[side];
  const mailbox = side === "source" ? account.address : account.target;
  const { migrationId, address } = account;
  const secret =
    auth.kind === "password"
      ? await app.vault.open({ migrationId, address, side })
      : await app.secrets.read(auth.password);
  return secret === null ? null : loginFor(auth, mailbox, secret);
};
