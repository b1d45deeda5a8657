import type { Member } from "../../shared/accounts/directory.ts";
import { MemberId } from "../../shared/contract/ids.ts";
import type { DirectoryReading, MemberDirectory } from "../../shared/ports/member-directory.ts";

/** Members by number. */
export const members = (...numbers: readonly number[]): readonly Member[] =>
  numbers.map((number) => ({
    userid: MemberId.parse(`member${number}`),
    name: `成员${number}`,
    departments: ["销售部"],
  }));

/** A directory in memory; it fails as it is told to. */
export class FakeMemberDirectory implements MemberDirectory {
  present: readonly Member[] = [];
  failure: Error | null = null;

  async readAll(): Promise<DirectoryReading> {
    if (this.failure !== null) throw this.failure;
    return { members: this.present, names: "told" };
  }
}
