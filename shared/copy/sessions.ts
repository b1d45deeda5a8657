import { type LoginPorts, loginOf } from "../accounts/login-of.ts";
import { type NoteVerifiedPorts, noteVerified } from "../accounts/note-verified.ts";
import type { Account, NotStartedReason } from "../contract/account.ts";
import { isMailferryError } from "../contract/errors.ts";
import type { HeldSettings } from "../contract/settings.ts";
import { toStoredError } from "../contract/stored-error.ts";
import { serverAddress } from "../domain/server-address.ts";
import { type FolderProfiles, folderProfileOf } from "../folders/folder-profile.ts";
import type { Login, MailSession, ServerAddress } from "../ports/mail-server.ts";
import type { WorkerPorts } from "./worker-ports.ts";

/** A mailbox entered at both ends. */
export interface Sessions {
  readonly source: MailSession;
  readonly target: MailSession;
  /** What is peculiar about the folders of either. */
  readonly profiles: FolderProfiles;
}

type SessionPorts = LoginPorts & NoteVerifiedPorts & Pick<WorkerPorts, "mailServers">;

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
  const logins = await Promise.all([
    loginOf(app, settings, account, "source"),
    loginOf(app, settings, account, "target"),
  ]).catch(notEntered);
  if ("entered" in logins) return logins;
  const [sourceLogin, targetLogin] = logins;
  if (sourceLogin === null) {
    const reason = settings.members.ask
      ? memberAsked
      : ({ kind: "passwordMissing", side: "source" } as const);
    return { entered: false, reason };
  }
  if (targetLogin === null) return { entered: false, reason: { kind: "passwordMissing", side: "target" } };
  const { connectionsPerMailbox } = settings.copy;
  const at = {
    source: serverAddress("source", settings.source),
    target: { ...serverAddress("target", settings.target), connections: connectionsPerMailbox },
  };
  const opened = await Promise.allSettled([
    enter(app, settings, account, at.source, sourceLogin),
    enter(app, settings, account, at.target, targetLogin),
  ]);
  const [source, target] = opened;
  try {
    if (source.status === "rejected") return notEntered(source.reason);
    await noteVerified(app, account);
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

const memberAsked = { kind: "memberAsked" } as const;

/**
 * A token that was kept does not know of rights granted since, and a master user's password that was kept may have been mended:
 * either is refused for good only when a newer one is.
 */
const enter = async (
  app: SessionPorts,
  settings: HeldSettings,
  account: Account,
  server: ServerAddress,
  login: Login,
): Promise<MailSession> => {
  try {
    return await app.mailServers.enter(server, login);
  } catch (thrown) {
    const isOwn = settings[server.side].auth.kind === "password";
    if (isOwn || !isMailferryError(thrown, "TokenRefused", "MasterRefused")) throw thrown;
    const refused = login.accessToken ?? login.password;
    const again = await loginOf(app, settings, account, server.side, refused);
    if (again === null || (again.accessToken ?? again.password) === refused) throw thrown;
    return app.mailServers.enter(server, again);
  }
};

const refusals = [
  "LoginRefused",
  "MasterRefused",
  "TokenRefused",
  "Microsoft365Refused",
  "GoogleRefused",
] as const;

const notEntered = (thrown: unknown): { readonly entered: false; readonly reason: NotStartedReason } => {
  if (!isMailferryError(thrown, ...refusals)) throw thrown;
  return { entered: false, reason: { kind: "loginRefused", error: toStoredError(thrown) } };
};
