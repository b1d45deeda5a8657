import type { MailAddress, MemberId } from "../contract/ids.ts";

interface Planned {
  /** The row it stands in. */
  readonly row: number;
  readonly address: MailAddress;
  readonly target: MailAddress;
  readonly name: string;
  /** What the row itself says of people's names, and not the directory in its stead: this an account takes over. */
  readonly says: Readonly<Partial<Record<"name" | "department", string>>>;
  /** What the row gives; null keeps what is held. */
  readonly passwords: Readonly<Record<"source" | "target", string | null>>;
}

export interface PlannedMember extends Planned {
  readonly kind: "member";
  readonly memberId: MemberId;
  readonly department: string;
}

export interface PlannedPublic extends Planned {
  readonly kind: "public";
  readonly users: readonly MemberId[];
}

/** An account as a good row describes it. */
export type PlannedAccount = PlannedMember | PlannedPublic;
