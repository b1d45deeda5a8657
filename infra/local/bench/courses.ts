import type { Peer } from "./peer.ts";

/** What is measured of the engine alone, and how many times as fast as each peer it is to be. */
export interface Course {
  readonly name: string;
  readonly mailboxes: number;
  readonly messages: number;
  readonly roundTripMilliseconds: number;
  readonly connections: number;
  readonly isThin: boolean;
  readonly toReach: Readonly<Partial<Record<Peer["name"], number>>>;
}

const usual = {
  mailboxes: 1,
  messages: 5_000,
  roundTripMilliseconds: 0,
  connections: 4,
  isThin: false,
} as const;
const thin = { ...usual, messages: 2_000, connections: 16, isThin: true } as const;

export const courses: readonly Course[] = [
  { ...usual, name: "one mailbox, loopback", toReach: { mbsync: 1.4, "doveadm backup": 0.95, imapsync: 5 } },
  {
    ...usual,
    name: "four mailboxes, loopback",
    mailboxes: 4,
    toReach: { mbsync: 2, "doveadm backup": 0.7, imapsync: 6 },
  },
  {
    ...usual,
    name: "one mailbox, 20 ms",
    messages: 2_000,
    roundTripMilliseconds: 20,
    toReach: { mbsync: 4, "doveadm backup": 4, imapsync: 70 },
  },
  { ...thin, name: "thin target, loopback", toReach: { imapsync: 3 } },
  { ...thin, name: "thin target, 20 ms", roundTripMilliseconds: 20, toReach: { imapsync: 22 } },
];
