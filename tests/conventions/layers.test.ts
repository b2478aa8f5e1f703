// Data flows one way: app -> components, app -> lib -> RPC -> SQL, and the functions stand alone.
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");
const folders = ["app", "components", "lib", "supabase/functions", "local", "bench"] as const;
type Folder = (typeof folders)[number];

/** What the files of a folder may import from the others. */
const allowed: Record<Folder, (from: string) => boolean> = {
  app: (from) => /^(app|components|lib)\//.test(from),
  components: (from) => /^components\/|^lib\/actions\/|^lib\/(format|utils)$/.test(from),
  // The words; and Stripe's quirks are read alike in the app and in the functions, and what a line is worth of an
  // invoice that is previewed and of one that is paid.
  lib: (from) =>
    /^(lib|messages)\/|^supabase\/functions\/_shared\/(stripe-fields|line-facts|sold-price)$/.test(from),
  "supabase/functions": (from) => from.startsWith("supabase/functions/"),
  local: (from) => /^(local|supabase\/functions)\//.test(from), // the owner's commands do what the functions do
  bench: (from) => /^(bench|local)\//.test(from),
};

const sources = folders.flatMap((folder) =>
  fs
    .readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.(ts|tsx|mjs)$/.test(file) && !file.includes("contract/"))
    .map((file) => ({ folder, file: path.posix.join(folder, file) }))
    .map((source) => ({ ...source, text: fs.readFileSync(path.join(root, source.file), "utf8") })),
);

/** The project's own modules that a file imports for what they do, as paths from the root without extension. */
function imports(file: string, text: string): string[] {
  const atTop = text.matchAll(/^(?:import|export)\s+(?!type\b)(?:[^"';]*?from\s+)?["']([^"']+)["']/gm);
  const later = text.matchAll(/(?<!typeof )\bimport\(\s*["']([^"']+)["']/g);
  return [...atTop, ...later]
    .map((match) => match[1] ?? "")
    .filter((from) => /^(\.|@\/)/.test(from))
    .map((from) => (from.startsWith("@/") ? from.slice(2) : path.posix.join(path.posix.dirname(file), from)))
    .map((from) => from.replace(/\.(ts|tsx|mjs)$/, ""));
}

test("there are files to look at in every folder", () => {
  expect(new Set(sources.map((s) => s.folder))).toEqual(new Set(folders));
});

test("a folder imports only what lies below it", () => {
  const wrong = sources.flatMap(({ folder, file, text }) =>
    imports(file, text)
      .filter((from) => !allowed[folder](from) && !from.endsWith(".css"))
      .map((from) => `${file} imports ${from}`),
  );
  expect(wrong).toEqual([]);
});

test("only lib, the functions and the demo that plays the app call the database, and only by rpc", () => {
  const callers = sources.filter(({ text }) => /\.rpc\(/.test(text)).map(({ file }) => file);
  expect(callers.length).toBeGreaterThan(0);
  expect(callers.filter((file) => !/^(lib|supabase\/functions)\/|^local\/demo\.ts$/.test(file))).toEqual([]);
  const tables = sources.filter(
    ({ folder, text }) => folder !== "local" && /(supabase|db|client)\w*\s*\.from\(["'`]/.test(text),
  );
  expect(tables.map(({ file }) => file)).toEqual([]);
});

test("modules of lib are for the server, but for the two that clients share", () => {
  const open = sources
    .filter(({ folder, file }) => folder === "lib" && !file.endsWith("database.types.ts"))
    .filter(({ text }) => !/^import "server-only";/m.test(text))
    .map(({ file }) => file);
  expect(open.sort()).toEqual(["lib/format.ts", "lib/utils.ts"]);
});

test("the environment is read in one place of the app and one of each function", () => {
  const readers = sources
    .filter(({ folder }) => folder !== "local")
    .filter(({ text }) => /process\.env|Deno\.env/.test(text))
    .map(({ file }) => file);
  expect(readers.sort()).toEqual([
    "lib/env.ts",
    "supabase/functions/auto-topup/index.ts",
    "supabase/functions/stripe-reconcile/index.ts",
    "supabase/functions/stripe-webhook/index.ts",
  ]);
});
