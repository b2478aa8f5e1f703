// What was found once is tried again in every run: each case is the short list of steps on which something differed.
import fs from "node:fs";
import path from "node:path";
import type { Failure } from "./explore.ts";
import { fromWords, toWords } from "./model/time.ts";
import type { Step } from "./steps.ts";

type Case = { name: string; found: string; steps: Step[] };

const folder = path.join(import.meta.dirname, "cases");

export function keptCases(): Case[] {
  return fs.readdirSync(folder).map((file) => {
    const kept: Omit<Case, "name"> = JSON.parse(fs.readFileSync(path.join(folder, file), "utf8"), fromWords);
    return { name: path.basename(file, ".json"), ...kept };
  });
}

/** Keeps what was found. Its name may be changed to what it is about. */
export function keep({ seed, found, steps }: Failure) {
  const lines = steps.map((step) => `    ${JSON.stringify(step, toWords)}`).join(",\n");
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(
    path.join(folder, `seed-${seed}.json`),
    `{\n  "found": ${JSON.stringify(found)},\n  "steps": [\n${lines}\n  ]\n}\n`,
  );
}
