import { holdAssembly } from "../../infra/local/assembly/hold-assembly.ts";

/** A process of its own that holds an assembly, and says where, until it is killed. */
const [assembly = "", place = ""] = process.argv.slice(2);
using held = await holdAssembly(async () => assembly, place);
process.stdout.write(`${JSON.stringify({ event: "held", directory: held.directory })}\n`);
const { promise: never } = Promise.withResolvers<never>();
setInterval(() => undefined, 60_000);
await never;
