import type pg from "pg";
import { missingResource } from "./errors.ts";
import { type Filter, findObjects, type Page } from "./find-objects.ts";
import { fromUnix } from "./time.ts";
import type { Hidden, Kind, Resources, StripeObject } from "./types.ts";

type Json = Record<string, unknown>;
type Stored<K extends keyof Hidden> = { body: Resources[K]; hidden: Hidden[K] };

/** Everything the sandbox remembers, read and written inside one transaction. */
export type State = ReturnType<typeof openState>;

/** What is written belongs to `clock`, a test clock, if one is given. */
export function openState(db: pg.ClientBase, publicUrl: string, clock: string | null = null) {
  async function find<K extends Kind>(kind: K, id: string): Promise<Resources[K] | undefined> {
    const { rows } = await db.query<{ body: Resources[K] }>(
      "select body from objects where kind = $1 and id = $2",
      [kind, id],
    );
    return rows[0]?.body;
  }

  async function findAny(id: string): Promise<StripeObject | undefined> {
    const { rows } = await db.query<{ body: StripeObject }>("select body from objects where id = $1", [id]);
    return rows[0]?.body;
  }

  /** With what Stripe would not show. */
  async function load<K extends keyof Hidden>(kind: K, id: string): Promise<Stored<K> | undefined> {
    const { rows } = await db.query<Stored<K>>(
      "select body, hidden from objects where kind = $1 and id = $2",
      [kind, id],
    );
    return rows[0];
  }

  /** The object, or Stripe's `resource_missing`, as for one that was deleted; `param` names the parameter that referred to it. */
  async function get<K extends Kind>(kind: K, id: string, param?: string): Promise<Resources[K]> {
    const found = await find(kind, id);
    if (!found || found.deleted === true) throw missingResource(kind, id, param);
    return found;
  }

  async function insert<T extends StripeObject>(body: T, hidden: Json = {}, dueAt?: number): Promise<T> {
    await db.query(
      "insert into objects (id, kind, body, hidden, due_at, clock) values ($1, $2, $3, $4, $5, $6)",
      [body.id, body.object, body, hidden, dueAt === undefined ? null : fromUnix(dueAt), clock],
    );
    return body;
  }

  async function save<T extends StripeObject>(body: T): Promise<T> {
    await db.query("update objects set body = $2 where id = $1", [body.id, body]);
    return body;
  }

  /** Changes what is kept beside an object and never answered. */
  async function hide(id: string, hidden: Json): Promise<void> {
    await db.query("update objects set hidden = hidden || $2 where id = $1", [id, hidden]);
  }

  async function remove(id: string): Promise<void> {
    await db.query("delete from objects where id = $1", [id]);
  }

  /** When time alone will next change this object; null: never. */
  async function setDue(id: string, at: number | null): Promise<void> {
    await db.query("update objects set due_at = $2 where id = $1", [id, at === null ? null : fromUnix(at)]);
  }

  /** What time changes next, on the clock this state belongs to. */
  async function firstDue(until: number): Promise<{ kind: Kind; id: string; dueAt: number } | undefined> {
    const { rows } = await db.query<{ kind: Kind; id: string; due_at: Date }>(
      `select kind, id, due_at from objects where due_at <= $1 and clock is not distinct from $2
       order by due_at, number limit 1`,
      [fromUnix(until), clock],
    );
    const row = rows[0];
    return row && { kind: row.kind, id: row.id, dueAt: Math.floor(row.due_at.getTime() / 1000) };
  }

  /** The test clock that these objects, or one of them, belong to. */
  async function clockOf(ids: string[]): Promise<string | undefined> {
    const { rows } = await db.query<{ clock: string }>(
      `select coalesce(clock, id) as clock from objects
       where id = any ($1) and (clock is not null or kind = 'test_helpers.test_clock') limit 1`,
      [ids],
    );
    return rows[0]?.clock;
  }

  /** The subscription that an item is in. */
  async function ownerOf(item: string): Promise<string | undefined> {
    const [owner] = await list("subscription", { body: { items: { data: [{ id: item }] } } });
    return owner?.id;
  }

  const on = (otherClock: string) => openState(db, publicUrl, otherClock);

  const list = <K extends Kind>(kind: K, filter: Filter, page?: Page) => findObjects(db, kind, filter, page);

  return {
    db,
    publicUrl,
    clock,
    ...{ on, clockOf, ownerOf, find, findAny, load, get, insert, save, hide, remove, setDue, firstDue, list },
  };
}
