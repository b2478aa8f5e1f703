// Databases with one fault each. What comes before the faulty chapter is migrated once and cloned.
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { applyCatalog } from "../../local/catalog.ts";
import { withClient } from "../../local/database.ts";
import { migrate, preparePlatform } from "../../local/migrate.ts";
import { databaseUrl } from "../../local/postgres.ts";
import { editedChapter, type Fault, readChapters } from "./fault.ts";

/** Where faults are planted, those of earlier chapters before those of later ones: the database below them only grows. */
export async function prepareBed(port: number) {
  const url = databaseUrl(port);
  const base = `base_${randomBytes(6).toString("hex")}`;
  const asAdmin = (sql: string, database?: string) =>
    withClient(url("supabase_admin", database), (client) => client.query(sql));
  await asAdmin(`create database ${base}`);
  await preparePlatform(url("supabase_admin", base));
  await asAdmin("create extension pgtap with schema extensions", base);

  const clear = async (name: string) => {
    const { rowCount } = await asAdmin(`select from pg_database where datname = '${name}'`);
    if (rowCount === 0) return;
    await asAdmin(`alter database ${name} is_template false`);
    await asAdmin(`drop database ${name} with (force)`);
  };

  return {
    clear,
    /** Makes a template of this name, right but for the fault; an older one of the name goes. */
    async plant(fault: Fault, name: string) {
      const edited = editedChapter(fault);
      const chapters = readChapters();
      const before = chapters.filter(({ file }) => file < edited.file);
      if (before.length > 0) await migrateTo(url("postgres", base), before);
      await clear(name);
      await asAdmin(`create database ${name} owner postgres template ${base} strategy file_copy`);
      const faulty = chapters.map((chapter) => (chapter.file === edited.file ? edited : chapter));
      await migrateTo(url("postgres", name), faulty);
      await applyCatalog(url("postgres", name), "editor");
    },
    /** For every later connection as postgres. */
    limitStatements: (time: string) => asAdmin(`alter role postgres set statement_timeout = '${time}'`),
    end: () => asAdmin(`drop database ${base} with (force)`),
  };
}

async function migrateTo(url: string, chapters: { file: string; text: string }[]) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "coffer-faulty-"));
  try {
    for (const { file, text } of chapters) fs.writeFileSync(path.join(folder, file), text);
    await migrate(url, folder);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
