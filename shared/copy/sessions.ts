import { type LoginPorts, loginOf } from "../accounts/login-of.ts";
import { announceVerified, type NoteVerifiedPorts, noteVerified } from "../accounts/note-verified.ts";
import type { Account, NotStartedReason } from "../contract/account.ts";
import { isMailferryError } from "../contract/errors.ts";
import type { HeldSettings } from "../contract/settings.ts";
import { toStoredError } from "../contract/stored-error.ts";
import { serverAddress } from "../domain/server-address.ts";
import { type FolderProfiles, folderProfileOf } from "../folders/folder-profile.ts";
import type { Login, MailSession, ServerAddress } from "../ports/mail-server.ts";
import { quietly } from "./quietly.ts";
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

/** How a mailbox is entered on either side; null for a password that is not held. */
export type Logins = readonly [source: Login | null, target: Login | null];

/** Opens the credentials of both sides. @throws as `loginOf` */
export const loginsOf = (app: LoginPorts, settings: HeldSettings, account: Account): Promise<Logins> =>
  Promise.all([loginOf(app, settings, account, "source"), loginOf(app, settings, account, "target")]);

/** The mailbox' owner was let in. */
export interface LetIn {
  /** The account with the mark of it, to be written with what is written next of it. */
  readonly account: Account;
  /** Those who wait for the member are told. Before that the mark must not be written. */
  readonly announced: Promise<void>;
}

/**
 * Logs in on both sides, lets `use` work there, and logs out whatever happens. A missing or refused credential is an
 * expected outcome; everything else is thrown.
 */
export const withSessions = async <Result>(
  app: SessionPorts,
  settings: HeldSettings,
  account: Account,
  opened: Promise<Logins>,
  use: (sessions: Sessions, letIn: LetIn) => Promise<Result>,
): Promise<Entered<Result>> => {
  const logins = await opened.catch(notEntered);
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
  const entered = await Promise.allSettled([
    enter(app, settings, account, at.source, sourceLogin),
    enter(app, settings, account, at.target, targetLogin),
  ]);
  const [source, target] = entered;
  let announced = Promise.resolve();
  try {
    if (source.status === "rejected") return notEntered(source.reason);
    if (target.status === "rejected") {
      await noteVerified(app, account);
      return notEntered(target.reason);
    }
    const verifiedAt = account.verifiedAt ?? app.clock.now();
    announced = quietly(announceVerified(app, account, verifiedAt));
    const profiles = {
      source: folderProfileOf(settings.source, source.value, settings.copy.views),
      target: folderProfileOf(settings.target, target.value),
    };
    const sessions = { source: source.value, target: target.value, profiles };
    return { entered: true, result: await use(sessions, { account: { ...account, verifiedAt }, announced }) };
  } finally {
    // Nothing goes on behind the visit's back.
    await Promise.allSettled([announced]);
    const sessions = entered.flatMap((side) => (side.status === "fulfilled" ? [side.value] : []));
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
