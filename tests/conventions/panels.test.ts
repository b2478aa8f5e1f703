// The bench measures what pages ask of the database: all of it.
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { panels } from "../../bench/panels";
import { importsOf } from "../support/imports";

const root = path.resolve(import.meta.dirname, "../..");

/** The files of the app that run when a page is read: what its forms do is not among them. */
function readByPages() {
  const read = new Map<string, string>();
  const visit = (module: string) => {
    const file = [".ts", ".tsx"]
      .map((ending) => module + ending)
      .find((name) => fs.existsSync(path.join(root, name)));
    if (!file || read.has(file) || module.startsWith("lib/actions/")) return;
    const text = fs.readFileSync(path.join(root, file), "utf8");
    read.set(file, text);
    for (const from of importsOf(file, text)) visit(from);
  };
  for (const file of fs.readdirSync(path.join(root, "app"), { recursive: true, encoding: "utf8" }))
    if (file.endsWith(".tsx")) visit(path.posix.join("app", file.slice(0, -".tsx".length)));
  return [...read.values()];
}

/** Called by modules that pages read, but only when somebody acts. */
const acts = new Set([
  ...["capture_hold", "place_hold", "release_hold"],
  ...["get_customer", "prepare_plan_change", "preview_credits", "set_currency", "take_turn"],
]);

test("the bench measures each function that a page calls", () => {
  const calls = new Set(
    readByPages().flatMap((text) => [...text.matchAll(/\.rpc\(\s*"(\w+)"/g)].map(([, name]) => name)),
  );
  expect(calls.size).toBeGreaterThan(10);
  const measured = new Set(panels.map(({ rpc }) => rpc));
  expect([...calls].filter((name = "") => !measured.has(name) && !acts.has(name))).toEqual([]);
});
