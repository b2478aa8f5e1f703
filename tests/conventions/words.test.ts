// Every word that a user reads is in messages/, and every word there is read.
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { en } from "@/messages/en";
import { bareWords, parse, saidBy } from "./shown-words";

const root = path.resolve(import.meta.dirname, "../..");
const sources = ["app", "components", "lib"]
  .flatMap((folder) =>
    fs
      .readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
      .map((file) => path.posix.join(folder, file)),
  )
  .filter((file) => /\.tsx?$/.test(file) && file !== "lib/database.types.ts")
  .map((file) => ({ file, text: fs.readFileSync(path.join(root, file), "utf8") }));

test("a page and a component show no words of their own", () => {
  const bare = sources
    .filter(({ file }) => /^(app|components)\//.test(file))
    .flatMap(({ file, text }) => bareWords(text).map((words) => `${file}: ${words}`));
  expect(bare).toEqual([]);
});

test("what is shown is found in text, attributes, choices and tables of words", () => {
  const source = `const names = { paid: "Paid" }; export const A = () =>
    <p title={late ? "late" : \`in \${days}\`} className="flex Big">Hi {" "}{late && "there"}{words("key")}</p>;`;
  expect(bareWords(source).sort()).toEqual(["Hi", "Paid", "in ", "late", "there"]);
});

test("every key of the catalog is used", () => {
  const modules = sources.map(({ text }) => keysIn(text));
  const literals = new Set(modules.flatMap(({ texts }) => texts));
  const isUsed = (key: string) =>
    modules.some(({ parts, templates }) =>
      parts.some((part) => {
        if (part !== "" && !key.startsWith(`${part}.`)) return false;
        const rest = part === "" ? key : key.slice(part.length + 1);
        return literals.has(rest) || templates.some((template) => template.test(rest));
      }),
    );
  expect(keysOf(en).filter((key) => !isUsed(key))).toEqual([]);
});

/** The parts of the catalog that a module asks for, and what may be keys: its strings, names of fields, and templates. */
function keysIn(source: string) {
  const parts = [...source.matchAll(/\b(?:(?:use|get)Translations|Words)[(<](?:"([\w.]*)")?[)>]/g)].map(
    ([, part = ""]) => part,
  );
  if (parts.length === 0 && !/"[a-z]\w*"|LC[A-Z]{3}/.test(source)) return { parts, texts: [], templates: [] };
  const nodes = parse(source);
  const texts = nodes.flatMap((node) => {
    if (node.type === "Literal") return saidBy(node);
    return node.type === "Identifier" && typeof node.name === "string" ? [node.name] : [];
  });
  const templates = nodes
    .filter(({ type }) => type === "TemplateLiteral")
    .map((node) =>
      saidBy(node)
        .map((piece) => piece.replace(/[^\w]/g, "\\$&"))
        .join("[^.]+"),
    )
    .filter((pattern) => /[a-z]/.test(pattern))
    .map((pattern) => new RegExp(`^${pattern}$`));
  return { parts, texts, templates };
}

/** "part.group.key" of every sentence. */
function keysOf(words: object, before = ""): string[] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === "string" ? [before + key] : keysOf(value, `${before}${key}.`),
  );
}
