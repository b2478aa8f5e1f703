import fs from "node:fs";
import path from "node:path";

export const root = path.resolve(import.meta.dirname, "../..");

/** Every page that is written for readers, by its path in the repository. */
export const pages = ["README.md", "supabase/README.md", ...markdownIn("docs")];

/** Those that explain the verbs of the engine. */
export const chapters = markdownIn("docs/sql");

export function read(page: string): string {
  return fs.readFileSync(path.join(root, page), "utf8");
}

/** The headings of a page, each with what stands under it. */
export function sectionsOf(page: string) {
  const code = /^```[\s\S]*?^```$/gm; // a comment in a script is no heading
  const text = read(page);
  const blank = text.replace(code, (block) => block.replace(/^#/gm, " "));
  const headings = [...blank.matchAll(/^#+ (.*)$/gm)];
  return headings.map(({ index, 1: heading = "" }, at) => ({
    heading,
    anchor: anchorOf(heading),
    text: text.slice(index, headings[at + 1]?.index),
  }));
}

function markdownIn(folder: string): string[] {
  return fs
    .readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".md"))
    .sort()
    .map((file) => path.posix.join(folder, file));
}

/** As GitHub makes an anchor of a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, "")
    .replaceAll(" ", "-");
}
