// What browsers download: how much, and that nothing of the server is in it. Both are the same on every machine.
import fs from "node:fs";
import path from "node:path";
import { scriptBudget, scriptKilobytes } from "../../bench/page-load";
import { type PageName, pages } from "./places";
import { expect, test } from "./support";

test("the first load of a tab is at most 200 KB of script, gzipped", async ({ context, signInAs }) => {
  const tabs: PageName[] = ["login", "pricing", "overview", "usage", "billing", "playground"];
  const found: Record<string, number> = {};
  for (const tab of tabs) {
    if (tab === "pricing") await signInAs("rich");
    const page = await context.request.get(pages[tab]);
    found[tab] = Math.round(scriptKilobytes(await page.text()));
  }
  expect(
    Object.values(found).every((kilobytes) => kilobytes > 50),
    JSON.stringify(found),
  ).toBe(true);
  expect(Object.entries(found).filter(([, kilobytes]) => kilobytes > scriptBudget)).toEqual([]);
});

const root = path.resolve(import.meta.dirname, "../..");
const textsIn = (folder: string, ending: RegExp) =>
  fs
    .readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => ending.test(file))
    .map((file) => ({ file, text: fs.readFileSync(path.join(root, folder, file), "utf8") }));

test("case 79: no secret, no name of one, and nothing of what only the server does", () => {
  const bundles = textsIn(".next/static", /\.js$/);
  expect(bundles.length).toBeGreaterThan(5);
  const lib = textsIn("lib", /\.ts$/).filter(({ text }) => text.startsWith('import "server-only"'));
  const calls = lib.flatMap(({ text }) =>
    [...text.matchAll(/\.rpc\(\s*"(\w+)"/g)].map(([, name = ""]) => name),
  );
  const variables = lib.flatMap(({ text }) => text.match(/\b(?:SUPABASE|STRIPE|SITE)_[A-Z_]+\b/g) ?? []);
  expect([calls.length > 20, variables.length > 5]).toEqual([true, true]);
  const secrets = ["sb_secret_", "sk_test_", "sk_live_", "whsec_", "service_role", "account_id"];
  const ofServer = [...new Set([...secrets, ...calls, ...variables])];
  const leaks = bundles.flatMap(({ file, text }) =>
    ofServer.filter((name) => text.includes(name)).map((name) => `${file}: ${name}`),
  );
  expect(leaks).toEqual([]);
});
