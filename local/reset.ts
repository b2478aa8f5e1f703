// npm run reset: empties the local data (users, ledger, the sandbox's customers). The next start begins anew.
import fs from "node:fs";
import path from "node:path";
import { root } from "./environment.ts";
import { takeOver } from "./processes.ts";
import { openStateDir } from "./state.ts";
import { explain } from "./steps.mjs";

try {
  const state = openStateDir(root);
  await takeOver(state);
  for (const name of ["db", "db.new"]) fs.rmSync(path.join(state, name), { recursive: true, force: true });
  console.log("The local data is gone; npm start begins anew.");
} catch (error) {
  console.error(`${explain(error)}\nThe data is as it was.`);
  process.exitCode = 1;
}
