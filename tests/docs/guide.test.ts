import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { en } from "@/messages/en";
import { pages, read, root } from "./chapters";

const guide = pages.filter((page) => page.startsWith("docs/guide/"));
const sentences = new Set(sentencesOf(en).map((sentence) => sentence.replaceAll(/\{\w+\}/g, "…")));

test.each(guide)("what %s prints in bold stands on the screen, word for word", (page) => {
  const names = [...read(page).matchAll(/\*\*(.+?)\*\*/g)].map(([, name = ""]) => name);
  expect(names.filter((name) => !sentences.has(name))).toEqual([]);
});

test("every picture that a page shows is there, and each that is there is shown", () => {
  const folder = "docs/guide/images";
  const shown = pages.flatMap(picturesOf).filter((file) => file.startsWith("docs/"));
  const there = fs.readdirSync(path.join(root, folder)).map((file) => path.posix.join(folder, file));
  expect([...new Set(shown)].sort()).toEqual(there.sort());
});

/** As Markdown and as HTML write it, for the light and the dark. */
function picturesOf(page: string) {
  const names = [...read(page).matchAll(/(?:!\[[^\]]*\]\(|\bsrc(?:set)?=")([^)"]+)/g)];
  return names.map(([, file = ""]) => path.posix.join(path.posix.dirname(page), file));
}

function sentencesOf(words: object): string[] {
  return Object.values(words).flatMap((word) => (typeof word === "string" ? [word] : sentencesOf(word)));
}
