import { bootLocalCloud } from "../../infra/local/cloud.ts";

/** A process of its own that runs the cloud of an assembly on a data directory, and says where, until it is killed. */
const [assembly = "", dataDir = ""] = process.argv.slice(2);
const { endpoint, region, credentials, outputs } = await bootLocalCloud({ assembly, dataDir });
process.stdout.write(`${JSON.stringify({ event: "up", endpoint, region, credentials, outputs })}\n`);
