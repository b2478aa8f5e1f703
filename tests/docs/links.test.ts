import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { pages, read, root, sectionsOf } from "./chapters";

test.each(pages)("every link of %s leads to a file and a heading that are there", (page) => {
  const links = [...read(page).matchAll(/\]\(([^)\s]*)\)/g)].map(([, link = ""]) => link);
  expect(links.filter((link) => !/^https?:/.test(link) && !isThere(page, link))).toEqual([]);
});

function isThere(page: string, link: string) {
  const [file = "", anchor] = link.split("#");
  const target = file === "" ? page : path.posix.join(path.posix.dirname(page), file);
  if (!fs.existsSync(path.join(root, target))) return false;
  return anchor === undefined || sectionsOf(target).some((section) => section.anchor === anchor);
}
