import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A process of its own that puts one directory after the other in a place, and each away again, until it is killed. */
const [place = ""] = process.argv.slice(2);
for (let count = 1; ; count += 1) {
  const [fresh, gone] = [`${place}-fresh${count}`, `${place}-gone${count}`];
  mkdirSync(fresh);
  // As with assemblies it takes longer to make one than to look whether one is there.
  for (let file = 0; file < 20; file += 1) writeFileSync(join(fresh, `${file}`), "");
  renameSync(fresh, place);
  // Who opened the one before as it was put away may still be making a file in it.
  rmSync(`${place}-gone${count - 1}`, { recursive: true, force: true, maxRetries: 100, retryDelay: 1 });
  renameSync(place, gone);
  if (count === 1) process.stdout.write(`${JSON.stringify({ event: "begun" })}\n`);
}
