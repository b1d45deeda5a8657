import type { HeldSecret, SecretReference } from "../../../shared/contract/secret-reference.ts";
import type { MigrationSettings } from "../../../shared/contract/settings.ts";

type WrittenAuth = MigrationSettings["source"]["auth"];

/** The one secret of a side's `auth`. */
export interface AuthSecret {
  /** The settings' key that it stands under. */
  readonly key: "password" | "clientSecret" | "serviceAccount";
  readonly reference: SecretReference;
  /** What it is held as, behind the side's name. */
  readonly heldAs: "master" | "oauth2";
  /** The same way of logging in with the secret held. */
  readonly withHeld: (held: HeldSecret) => WrittenAuth;
}

/** Which secret a way of logging in needs; null where each mailbox has a password of its own. */
export const authSecret = (auth: WrittenAuth): AuthSecret | null => {
  if (auth.kind === "password") return null;
  if (auth.kind === "master") {
    const withHeld = (password: HeldSecret) => ({ ...auth, password });
    return { key: "password", reference: auth.password, heldAs: "master", withHeld };
  }
  if (auth.provider === "microsoft365") {
    const withHeld = (clientSecret: HeldSecret) => ({ ...auth, clientSecret });
    return { key: "clientSecret", reference: auth.clientSecret, heldAs: "oauth2", withHeld };
  }
  const withHeld = (serviceAccount: HeldSecret) => ({ ...auth, serviceAccount });
  return { key: "serviceAccount", reference: auth.serviceAccount, heldAs: "oauth2", withHeld };
};
