import type { Load } from "./in-turns.ts";
import type { Peer } from "./peer.ts";

/** A load, and how many times as fast as each peer it is to be copied; with more to be said of it in words. */
export interface Course extends Load {
  readonly name: string;
  readonly toReach: Readonly<Partial<Record<Peer["name"], number | string>>>;
}

/** What is measured of the engine alone, which plans and verifies. */
export interface EngineCourse extends Course {
  readonly connections: number;
  readonly isThin: boolean;
}

const loads = {
  one: { mailboxes: 1, messages: 5_000, roundTripMilliseconds: 0 },
  four: { mailboxes: 4, messages: 5_000, roundTripMilliseconds: 0 },
  far: { mailboxes: 1, messages: 2_000, roundTripMilliseconds: 20 },
  folders: { mailboxes: 1, messages: 1_000, folders: 20, roundTripMilliseconds: 20 },
} as const;

const usual = { connections: 4, isThin: false } as const;
const thin = { mailboxes: 1, messages: 2_000, connections: 16, isThin: true } as const;

export const engineCourses: readonly EngineCourse[] = [
  {
    ...{ ...usual, ...loads.one, name: "one mailbox, loopback" },
    toReach: { mbsync: "1.4; over two pairs of connections 1.9, this is one", "doveadm backup": 0.95 },
  },
  {
    ...{ ...usual, ...loads.four, name: "four mailboxes, loopback" },
    toReach: { mbsync: 2, "doveadm backup": 0.7 },
  },
  { ...usual, ...loads.far, name: "one mailbox, 20 ms", toReach: { mbsync: 4, "doveadm backup": 4 } },
  { ...thin, name: "thin target, loopback", roundTripMilliseconds: 0, toReach: { imapsync: 3 } },
  { ...thin, name: "thin target, 20 ms", roundTripMilliseconds: 20, toReach: { imapsync: 22 } },
];

/** The same of the whole pipeline, which also imports and reports. */
export const pipelineCourses: readonly Course[] = [
  { ...loads.one, name: "1 × 5000, whole pipeline", toReach: { mbsync: 1.1, imapsync: 5 } },
  { ...loads.four, name: "4 × 5000, whole pipeline", toReach: { mbsync: 1.5, imapsync: 6 } },
  { ...loads.far, name: "1 × 2000 at 20 ms, whole pipeline", toReach: { mbsync: 2.5, imapsync: 70 } },
  { ...loads.folders, name: "1 × 1000 in 20 folders at 20 ms, whole pipeline", toReach: {} },
];
