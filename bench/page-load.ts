// What a page costs whoever opens it.
import fs from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { root } from "../local/environment.ts";

/** More script than that, in kilobytes, is not for a first load: what opens later is loaded then. */
export const scriptBudget = 200;

/** Kilobytes of script, gzipped, that a page as it is served asks for by itself; old browsers' polyfills are not asked for. */
export function scriptKilobytes(html: string): number {
  const modern = html.replaceAll(/<script[^>]*noModule[^>]*>/gi, "");
  const files = new Set(modern.match(/static\/chunks\/[\w.~-]+\.js/g));
  const bytes = [...files].map((file) => gzipSync(fs.readFileSync(path.join(root, ".next", file))).length);
  return bytes.reduce((sum, size) => sum + size, 0) / 1024;
}
