import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A process of its own that puts so many directories in a place, one after the other, and each away again. */
const [place = "", count = ""] = process.argv.slice(2);
for (let number = 1; number <= Number(count); number += 1) {
  const [fresh, gone] = [`${place}-fresh${number}`, `${place}-gone${number}`];
  mkdirSync(fresh);
  // As with assemblies it takes longer to make one than to look whether one is there.
  for (let file = 0; file < 20; file += 1) writeFileSync(join(fresh, `${file}`), "");
  renameSync(fresh, place);
  // Who opened the one before as it was put away may still be making a file in it.
  rmSync(`${place}-gone${number - 1}`, { recursive: true, force: true, maxRetries: 100, retryDelay: 1 });
  renameSync(place, gone);
}
process.stdout.write(`${JSON.stringify({ event: "done" })}\n`);
