import type { SeedMessage } from "../seeding/append-messages.ts";
import { inventFlags } from "./flags.ts";
import type { FolderPlan } from "./folders.ts";
import { largeForm, pickForm } from "./forms.ts";
import { inventLetter, type Letter } from "./letter.ts";
import { members, outsiders, type Person } from "./people.ts";
import { type Random, randomFrom } from "./random.ts";

/** Ten years of mail, up to a fixed day: the demo is the same whenever it runs. */
const firstDay = Date.UTC(2016, 2, 1);
const lastDay = Date.UTC(2026, 1, 28);

/** Invents exactly `count` messages of one folder; the same ones at every iteration. */
export function folderMessages(owner: Person, plan: FolderPlan, count: number): Iterable<SeedMessage> {
  return {
    *[Symbol.iterator]() {
      const random = randomFrom(`${owner.address}\n${plan.path}`);
      let left = count;
      for (let place = 0; left > 0; place += 1) {
        const date = spreadDate(random, place, count);
        for (const message of oneOrTwo(random, owner, plan, date, place).slice(0, left)) {
          left -= 1;
          yield message;
        }
      }
    },
  };
}

/** Mostly one; now and then a pair that naive copying takes for one and the same message. */
function oneOrTwo(
  random: Random,
  owner: Person,
  plan: FolderPlan,
  date: Date,
  place: number,
): readonly SeedMessage[] {
  const letter = unnumberedAtTimes(random, plan, correspondence(random, owner, plan, date));
  // The fourth message of every INBOX is large: some megabyte-sized mail in each mailbox whatever its size.
  const form = plan.path === "INBOX" && place === 3 ? largeForm : pickForm(random);
  const message: SeedMessage = {
    raw: form(letter, random),
    flags: inventFlags(random, plan.role),
    internalDate: arrival(random, date),
  };
  if (random.chance(0.02)) return [message, message];
  if (random.chance(0.02)) {
    return [
      message,
      { ...message, raw: pickForm(random)(letter, random), flags: inventFlags(random, plan.role) },
    ];
  }
  return [message];
}

function correspondence(random: Random, owner: Person, plan: FolderPlan, date: Date): Letter {
  const other = random.pick(random.chance(0.5) ? outsiders : members);
  const outgoing = plan.role === "sent" || plan.role === "drafts";
  return outgoing ? inventLetter(random, owner, other, date) : inventLetter(random, other, owner, date);
}

/** Drafts and much of what old clients kept as sent have no Message-ID. */
function unnumberedAtTimes(random: Random, plan: FolderPlan, letter: Letter): Letter {
  const share = { inbox: 0.03, sent: 0.35, drafts: 0.9, trash: 0.05, junk: 0.2, archive: 0.05 }[plan.role];
  return random.chance(share) ? { ...letter, messageId: undefined } : letter;
}

/** Oldest first with some disorder, as when mail was moved into the folder later. */
function spreadDate(random: Random, place: number, count: number): Date {
  const step = (lastDay - firstDay) / count;
  const drift = random.chance(0.1)
    ? random.integer(lastDay - firstDay)
    : step * place + random.integer(Math.ceil(step));
  return new Date(firstDay + Math.floor(drift / 1_000) * 1_000);
}

/** Seconds after sending, now and then days. */
function arrival(random: Random, sent: Date): Date {
  const seconds = random.chance(0.03) ? random.integer(4 * 86_400) : random.integer(120);
  return new Date(sent.getTime() + seconds * 1_000);
}
