// npm run clock: what time it is for the platform. npm run clock -- +1 month: moves it there.
import { askClock } from "./control.ts";
import { root } from "./environment.ts";
import { explain } from "./steps.mjs";

const target = process.argv.slice(2).join(" ");
try {
  await askClock(root, target || undefined, (text) => process.stdout.write(text));
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}
