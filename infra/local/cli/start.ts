import "../../../functions/runtime/uncompiled-schemas.ts";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { startDemoCompany } from "../demo/demo-company.ts";
import { writeDemoSettings } from "../demo/demo-settings.ts";
import { demoZone } from "../demo/demo-zone.ts";
import { type ExitStatus, exitStatus } from "./exit-status.ts";
import { asksForHelp, tellUsage } from "./help.ts";
import { howToReach } from "./how-to-reach.ts";
import { runCommand } from "./run-command.ts";
import { untilInterrupted } from "./until-interrupted.ts";
import { withLocalPipeline } from "./with-pipeline.ts";

/** `npm start`: the pipeline on this machine with the demo company beside it, ready to be migrated by hand. */
const start = async (): Promise<ExitStatus> => {
  if (asksForHelp(process.argv.slice(2))) return tellUsage("npm start [-- --data DIR]");
  const { values } = parseArgs({ options: { data: { type: "string", default: ".mailferry" } } });
  const directory = resolve(values.data, "demo");
  const company = await startDemoCompany({ directory });
  try {
    await withLocalPipeline(resolve(values.data, "cloud"), async (_pipeline, cloud) => {
      cloud.createHostedZone(demoZone(company.company.domain));
      const settingsFile = await writeDemoSettings(directory, company, cloud.dnsAddress);
      process.stdout.write(howToReach(cloud, settingsFile, company.files.accounts));
      await untilInterrupted();
    });
  } finally {
    await company.stop();
  }
  return exitStatus.done;
};

await runCommand(start);
