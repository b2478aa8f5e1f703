import path from "node:path";

/** The project's own modules that a file imports for what they do, as paths from the root without extension. */
export function importsOf(file: string, text: string): string[] {
  const atTop = text.matchAll(/^(?:import|export)\s+(?!type\b)(?:[^"';]*?from\s+)?["']([^"']+)["']/gm);
  const later = text.matchAll(/(?<!typeof )\bimport\(\s*["']([^"']+)["']/g);
  return [...atTop, ...later]
    .map((match) => match[1] ?? "")
    .filter((from) => /^(\.|@\/)/.test(from))
    .map((from) => (from.startsWith("@/") ? from.slice(2) : path.posix.join(path.posix.dirname(file), from)))
    .map((from) => from.replace(/\.(ts|tsx|mjs)$/, ""));
}
