// What the house asks of files: how long, how named, nothing in them or beside them that nobody uses.
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import manifest from "../../package.json";

const root = path.resolve(import.meta.dirname, "../..");
const written = ["app", "bench", "components", "lib", "local", "supabase/functions", "tests"];
const notWritten = /^lib\/database\.types\.ts$|^local\/stripe\/contract\/|\.snapshot\.sql$/;

const read = (file: string) => fs.readFileSync(path.join(root, file), "utf8");
const filesIn = (folder: string) =>
  fs
    .readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .map((file) => path.posix.join(folder, file));
const settings = fs.readdirSync(root).filter((name) => /\.(ts|mjs|json)$/.test(name));
const files = [...settings, ...written.flatMap(filesIn)].filter((file) => !notWritten.test(file));
const sources = files
  .filter((file) => /\.(ts|tsx|mjs)$/.test(file))
  .map((file) => ({ file, text: read(file) }));
const chapters = filesIn("supabase/migrations");
const nounOf = (chapter: string) => /\d+_(\w+)\.sql$/.exec(chapter)?.[1];

test("a migration chapter has at most 300 lines, a module about 200", () => {
  const lengthOf = (text: string) => text.split("\n").length - 1;
  expect(chapters.filter((file) => lengthOf(read(file)) > 300)).toEqual([]);
  expect(sources.filter(({ text }) => lengthOf(text) > 220).map(({ file }) => file)).toEqual([]);
});

test("a line of SQL has at most 100 columns", () => {
  const sql = filesIn("supabase").filter((file) => /\.p?sql$/.test(file));
  expect(sql.length).toBeGreaterThan(40);
  const wide = sql.flatMap((file) =>
    read(file)
      .split("\n")
      .flatMap((line, at) => (line.length > 100 ? [`${file}:${at + 1}`] : [])),
  );
  expect(wide).toEqual([]);
});

test("every chapter and every catalog has a pgTAP file of its name, and there are only four more", () => {
  const tested = filesIn("supabase/tests/database")
    .filter((file) => file.endsWith(".sql"))
    .map((file) => path.basename(file, ".test.sql"));
  const catalogs = filesIn("supabase/catalogs").map((file) => `${path.basename(file, ".sql")}_catalog`);
  const ofAll = ["access", "conventions", "strangers", "time"];
  expect(tested.sort()).toEqual([...chapters.map(nounOf), ...catalogs, ...ofAll].sort());
});

test("files are named in lower case, with hyphens", () => {
  const names = written.flatMap(filesIn).map((file) => path.basename(file).replace(/^[_[(.]+|[\])]+$/g, ""));
  const plain = /^[a-z0-9]+([-.][a-z0-9]+)*$/;
  const given = /^README\.md$|\.sql$|^pg_cron/; // chapters and extensions have nouns with underscores
  expect(names.filter((name) => name !== "_shared" && !plain.test(name) && !given.test(name))).toEqual([]);
});

test("exports have names, but where Next or a tool asks for a default", () => {
  const asked =
    /^app\/.+\/(page|layout|loading|error|not-found)\.tsx$|^app\/\w+(-\w+)?\.tsx$|config\.(ts|mjs)$|^lib\/i18n\/request\.ts$|^tests\/support\/postgres\.ts$/;
  const defaults = sources.filter(({ text }) => /^export default /m.test(text)).map(({ file }) => file);
  expect(defaults.filter((file) => !asked.test(file))).toEqual([]);
});

test("what is exported is used by another file", () => {
  const words = new Map<string, number>();
  for (const { text } of sources)
    for (const word of new Set(text.match(/\w+/g))) words.set(word, (words.get(word) ?? 0) + 1);
  const unused = sources
    .filter(({ file }) => /^(bench|lib|local|supabase|tests)\//.test(file))
    .flatMap(({ file, text }) =>
      [...text.matchAll(/^export (?:async )?(?:function|const|type|class) (\w+)/gm)].map(([, name = ""]) => ({
        file,
        name,
      })),
    )
    .filter(({ name }) => words.get(name) === 1);
  expect(unused).toEqual([]);
});

test("what is installed is imported, but for types, peers of others, and programs", () => {
  const peers = ["postgres", "react-dom"];
  const programs = ["@biomejs/biome", "supabase", "typescript"];
  const styles = files.filter((file) => file.endsWith(".css")).map(read);
  const all = [...sources.map(({ text }) => text), ...styles].join("\n");
  const names = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
  const isImported = (name: string) => all.includes(`"${name}"`) || all.includes(`"${name}/`);
  const notImported = names.filter((name) => !name.startsWith("@types/") && !isImported(name));
  expect(notImported.filter((name) => !peers.includes(name) && !programs.includes(name))).toEqual([]);
});

test("whatever listens on this machine does so on loopback only", () => {
  const listening = sources.flatMap(({ file, text }) =>
    [...text.matchAll(/(?:(?<!driver)\.listen\(|(?<!\.)\bserve\(\s*\{)[^;]{0,200}/g)].map(([call]) => ({
      file,
      call,
    })),
  );
  expect(listening.length).toBeGreaterThan(4);
  expect(listening.filter(({ call }) => !call.includes('"127.0.0.1"'))).toEqual([]);
});
