import type pg from "pg";
import { missingResource } from "./errors.ts";
import type { Kind, Resources } from "./types.ts";

type Json = Record<string, unknown>;

/** Which objects, beyond their kind: parts of the body or of `hidden`, one of several values, a range of `created`. */
export type Filter = {
  body?: Json;
  notBody?: Json;
  hidden?: Json;
  oneOf?: { field: string; values: string[] };
  created?: { gt?: number; gte?: number; lt?: number; lte?: number };
};
export type Page = { limit: number; after?: string; before?: string; oldestFirst?: boolean };

const bounds = [
  ["gt", ">"],
  ["gte", ">="],
  ["lt", "<"],
  ["lte", "<="],
] as const;

/** The objects of a kind that fit, newest first unless the page says otherwise. */
export async function findObjects<K extends Kind>(
  db: pg.ClientBase,
  kind: K,
  filter: Filter,
  page?: Page,
): Promise<Resources[K][]> {
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const where = [`kind = ${bind(kind)}`, ...conditions(filter, bind)];
  const isAscending = page?.oldestFirst ?? false;
  if (page?.after) {
    const number = await numberOf(db, kind, page.after, "starting_after");
    where.push(`number ${isAscending ? ">" : "<"} ${bind(number)}`);
  }
  if (page?.before) {
    const number = await numberOf(db, kind, page.before, "ending_before");
    where.push(`number ${isAscending ? "<" : ">"} ${bind(number)}`);
  }
  // The page before an object is read backwards, from the object on.
  const isBackwards = page?.before !== undefined;
  const order = isAscending !== isBackwards ? "asc" : "desc";
  const { rows } = await db.query<{ body: Resources[K] }>(
    `select body from objects where ${where.join(" and ")}
     order by number ${order} limit ${bind(page?.limit ?? null)}`,
    values,
  );
  const found = rows.map((row) => row.body);
  return isBackwards ? found.reverse() : found;
}

function conditions(filter: Filter, bind: (value: unknown) => string): string[] {
  const where: string[] = [];
  if (filter.body) where.push(`body @> ${bind(JSON.stringify(filter.body))}`);
  if (filter.notBody) where.push(`not body @> ${bind(JSON.stringify(filter.notBody))}`);
  if (filter.hidden) where.push(`hidden @> ${bind(JSON.stringify(filter.hidden))}`);
  if (filter.oneOf) where.push(`body ->> ${bind(filter.oneOf.field)} = any (${bind(filter.oneOf.values)})`);
  for (const [name, operator] of bounds) {
    const bound = filter.created?.[name];
    if (bound !== undefined) where.push(`(body ->> 'created')::bigint ${operator} ${bind(bound)}`);
  }
  return where;
}

async function numberOf(db: pg.ClientBase, kind: Kind, id: string, param: string): Promise<unknown> {
  const { rows } = await db.query("select number from objects where kind = $1 and id = $2", [kind, id]);
  if (!rows[0]) throw missingResource(kind, id, param);
  return rows[0].number;
}
