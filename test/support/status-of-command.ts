import type { ExitStatus } from "../../infra/local/cli/exit-status.ts";
import { runStatus } from "../../infra/local/cli/run-status.ts";
import { price } from "../../shared/cost/price.ts";
import { reportLine } from "../../shared/report/report-line.ts";
import { reportTotals } from "../../shared/report/report-totals.ts";
import { runDocument } from "../../shared/report/run-document.ts";
import type { CopyWorld } from "./copy-world.ts";
import { recorded } from "./recorded.ts";

/** With which status `npm run migrate` would end as the mailbox now stands. */
export const statusOfCommand = async (world: CopyWorld): Promise<ExitStatus> => {
  const { migrationId, domain, phase } = await recorded(world);
  const perAccount = [reportLine(await world.state())];
  const report = {
    ...{ migrationId, domain, phase, writtenAt: world.clock.now(), perAccount },
    ...reportTotals(perAccount),
  };
  return runStatus(runDocument(report, new Map(), { seconds: 1, cost: price({}, 0) }), 0);
};
