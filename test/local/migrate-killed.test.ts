import { join } from "node:path";
import { expect, it } from "vitest";
import { type RunningCommand, startMigrate } from "../support/migrate-command.ts";
import { seededNumbers } from "../support/seeded-numbers.ts";
import { masterPassword, smallCompany } from "../support/small-company.ts";
import { type WatchedTraffic, watchTraffic } from "../support/watched-traffic.ts";

const wantedKills = 10;
/** Octets to the target that even a run with nothing to copy sends: its logins and a look at the folders. */
const shortestReach = 1_000;
/** A run that comes to its end before its moment is followed by another one with new mail. */
const mostRuns = 30;

/** Twelve boots or more. */
const patienceMilliseconds = 420_000;

/** Another number walks another way; where exactly each kill falls differs from run to run all the same. */
const seed = 563_863;

/** `kill -9` as soon as so many octets have gone to the target. True when it was still running. */
const killAfter = async (
  octets: number,
  traffic: WatchedTraffic,
  { child, ended }: RunningCommand,
): Promise<boolean> => {
  traffic.after(octets, () => child.kill("SIGKILL"));
  const { status } = await ended;
  return status === null;
};

it(
  `ends with source and target equal after kill -9 at ten random moments (seed ${seed})`,
  async () => {
    const random = seededNumbers(seed);
    const company = await smallCompany(300);
    const traffic = await watchTraffic(company.target);
    const settings = await company.writeSettings({}, traffic.port);
    const words = ["--settings", settings, "--accounts", company.accountsFile];
    const start = () =>
      startMigrate([...words, "--data", join(company.directory, "data"), "--through", "history", "--json"], {
        TARGET_MASTER_PASSWORD: masterPassword,
      });
    let kills = 0;
    let reach = 1_000_000;
    for (let run = 0; run < mostRuns && kills < wantedKills; run += 1) {
      // Anywhere between the first login and the reach, early moments being the likelier ones.
      const octets = Math.ceil(random() ** 3 * reach);
      if (await killAfter(octets, traffic, start())) kills += 1;
      else {
        // It came to its end first: there is less left to write, so the next moments must come sooner.
        reach = Math.max(shortestReach, reach / 4);
        await company.deliver("li.na@example.test", `arrived after run ${run}`);
      }
    }
    expect(kills).toBe(wantedKills);
    expect((await start().ended).status).toBe(0);
    await company.expectMoved();
  },
  patienceMilliseconds,
);
