// A planted fault: one place in one migration chapter that is made wrong.
import fs from "node:fs";
import path from "node:path";
import { root } from "../../local/environment.ts";

export type Fault = {
  /** What is wrong with the engine once the fault is in it. */
  name: string;
  /** The noun of the migration chapter. */
  chapter: string;
  /** Found exactly once in the chapter. */
  find: string;
  replace: string;
  /** Where to look first, if not in the pgTAP file of the chapter's noun: another noun, or a file of tests/. */
  look?: string;
};

type Chapter = { file: string; text: string };

const folder = path.join(root, "supabase/migrations");

export function readChapters(): Chapter[] {
  return fs
    .readdirSync(folder)
    .sort()
    .map((file) => ({ file, text: fs.readFileSync(path.join(folder, file), "utf8") }));
}

/** The chapter with the fault in it. A fault whose place is gone, or is no longer one, is an error: it tests nothing. */
export function editedChapter({ name, chapter, find, replace }: Fault): Chapter {
  const found = readChapters().find(({ file }) => file.endsWith(`_${chapter}.sql`));
  if (!found) throw new Error(`${name}: there is no chapter ${chapter}`);
  const parts = found.text.split(find);
  if (parts.length !== 2)
    throw new Error(`${name}: ${chapter} has its place ${parts.length - 1} times, not once`);
  return { file: found.file, text: parts.join(replace) };
}
