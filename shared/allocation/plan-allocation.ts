import { domainOf, parseAddress } from "../accounts/address.ts";
import { type Member, sameMember } from "../accounts/directory.ts";
import type { AddressOrigin } from "../contract/allocation.ts";
import { MailAddress, type MemberId } from "../contract/ids.ts";
import type { ChineseNames } from "../ports/chinese-names.ts";
import { localOctetsAtMost, localPartOf, numbered } from "./local-part.ts";
import { reservedNames } from "./reserved-names.ts";

/** Who is there, and what is taken. */
export interface Surroundings {
  readonly domain: string;
  /** Members without an account and without an address so far. */
  readonly members: readonly Member[];
  /** Every address that belongs to somebody already: accounts, aliases, addresses given before. */
  readonly taken: Iterable<MailAddress>;
}

/** An address for a member. */
export interface Proposal {
  readonly memberId: MemberId;
  readonly name: string;
  readonly address: MailAddress;
  readonly origin: AddressOrigin;
}

/**
 * An address of the domain for each member, ascending by account name in lower case, whatever order they come in. An address that the
 * directory names is the member's as long as nobody else's is the same; everybody else's is made from the name. Where names
 * collide, whoever comes first in that order has the plain one and the others are numbered. What was given before is among `taken`,
 * so those who join later change nothing about it.
 */
export const planAllocation = (
  { domain, members, taken }: Surroundings,
  chinese: ChineseNames,
): readonly Proposal[] => {
  const occupied = new Set<string>(taken);
  const inOrder = members.toSorted(byAccountName);
  const known = new Map<MemberId, MailAddress>();
  for (const member of inOrder) {
    const address = knownAddress(member, domain);
    if (address === null || occupied.has(address)) continue;
    occupied.add(address);
    known.set(member.userid, address);
  }
  const free = new FreeAddresses(domain, occupied);
  return inOrder.map((member) => {
    const { userid: memberId, name } = member;
    const address = known.get(memberId);
    if (address !== undefined) return { memberId, name, address, origin: "directory" };
    const { base, from } = localPartOf(member, chinese);
    return { memberId, name, address: free.take(base), origin: from };
  });
};

/** The address of the domain that the directory names for a member; null when there is none. */
export const knownAddress = ({ email = "" }: Pick<Member, "email">, domain: string): MailAddress | null => {
  const address = parseAddress(email);
  return address !== null && domainOf(address) === domain ? address : null;
};

/** Orders by account name, by code unit: the same on every machine, in every language. */
export const byAccountName = (one: Pick<Member, "userid">, other: Pick<Member, "userid">): number => {
  const [first, second] = [sameMember(one.userid), sameMember(other.userid)];
  return first === second ? 0 : first < second ? -1 : 1;
};

/** Gives out addresses that nobody has. */
class FreeAddresses {
  readonly #domain: string;
  readonly #octets: number;
  readonly #occupied: Set<string>;
  /** The next number to try of a base, so that the ten-thousandth 张伟 is found as fast as the first. */
  readonly #next = new Map<string, number>();

  constructor(domain: string, occupied: Set<string>) {
    this.#domain = domain;
    this.#octets = localOctetsAtMost(domain);
    this.#occupied = occupied;
  }

  take(base: string): MailAddress {
    for (let number = this.#next.get(base) ?? 1; ; number += 1) {
      const localPart = numbered(base, number, this.#octets);
      const address = `${localPart}@${this.#domain}`;
      if (reservedNames.has(localPart) || this.#occupied.has(address)) continue;
      this.#occupied.add(address);
      this.#next.set(base, number + 1);
      return MailAddress.parse(address);
    }
  }
}
