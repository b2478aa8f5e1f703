// A database in which schedules follow each other, each about accounts of its own.
import { randomUUID } from "node:crypto";
import { iso } from "../properties/model/time.ts";
import { type Json, newPlayer } from "../properties/play.ts";
import { makeClone } from "../support/clone.ts";
import { after, began, type Turn } from "./acts.ts";
import { inWords, type Line, openLine, type People, sqlOfTurn } from "./line.ts";

export type Stage = Awaited<ReturnType<typeof openStage>>;

// An operation that the free plan allows once a day. Ids of buckets that nothing else looks like, so that they can be
// told by their place in whatever names them. And a call whose transaction may have made a member's call before.
const install = `
  insert into billing.operations (key, name) values ('capped', 'Capped');
  insert into billing.operation_prices (operation, version, base_credits) values ('capped', 1, 5);
  insert into billing.plan_caps (plan_key, plan_version, operation, per, max_uses)
  select key, version, 'capped', 'day', 1 from billing.plans where is_free and is_sold;
  alter sequence billing.buckets_id_seq restart 7000000001;
  create function answer_at(at text, call jsonb) returns jsonb language plpgsql as $$
  begin
    perform set_config('test.now', at, true), set_config('request.jwt.claim.sub', '', true),
      set_config('request.jwt.claims', '', true);
    return answer_to(call);
  end $$`;

/** What rows say, but for where it is stored, when it is looked at again, and what numbers all accounts together. */
const tables = `
  select string_agg(format(
    '%L, (select jsonb_agg(r.row order by r.row) from billing.%I t
       cross join lateral (select to_jsonb(t) - ''{%s}''::text[] as row) r where t.%I = any (accounts))',
    c.relname, c.relname, concat_ws(',', 'person,claimant,bucket_in_hand,in_hand_kind,in_hand_credits,next_due_at',
      case c.relname when 'buckets' then 'credits_remaining' when 'audit_log' then 'id' end), a.attname), ', ')
  from pg_class c
  join pg_attribute a on a.attrelid = c.oid
    and a.attname = case c.relname when 'accounts' then 'id' else 'account_id' end
  where c.relnamespace = 'billing'::regnamespace and (c.relkind = 'r' or c.relname = 'open_buckets')`;

/** Every row of some accounts, once all that is due is written down. */
const rowsOf = (everything: string) => `
  create function rows_of(accounts uuid[], at text) returns jsonb language plpgsql
  set plan_cache_mode = force_generic_plan as $$
  begin
    perform set_config('test.now', at, true);
    perform billing.settle(a.id) from billing.accounts a where a.id = any (accounts) and a.erased_at is null;
    return jsonb_build_object(${everything});
  end $$`;

export async function openStage(port: number) {
  const clone = await makeClone(port, "tpl");
  const player = await newPlayer(clone.url, "UTC");
  await player.end();
  const open = () => openLine(clone.url);
  const [first, second, observer] = await Promise.all([open(), open(), open()]);
  await observer.query(install);
  await observer.query(rowsOf(await observer.ask(tables)));
  return {
    first,
    second,
    observer,
    /** Two people, and what has happened to them. */
    async prepare(turns: Turn[]): Promise<People> {
      const [ada = "", bob = ""] = [randomUUID(), randomUUID()].sort(); // as their names are
      const people = { ada, bob };
      const users = Object.values(people).map((id) => `('${id}', '${id}@example.com')`);
      const calls = turns.map((turn) => `select from ${sqlOfTurn(turn, people)};`);
      await observer.query(`select set_config('test.now', '${iso(began)}', true);
        insert into auth.users (id, email) values ${users.join()}; ${calls.join("\n")}`);
      return people;
    },
    /** Every row of these accounts, as the transaction of this line sees them. */
    async tell(line: Line, { ada, bob }: People): Promise<Json> {
      const said = await line.ask("rows_of($1, $2)", [[ada, bob], iso(after)]);
      return inWords(byPlace(said), { ada, bob });
    },
    /** What the books themselves find wrong. */
    problems: () => observer.ask("select jsonb_agg(v) from billing.verify_all() v"),
    async end() {
      await Promise.all([first.end(), second.end(), observer.end()]);
      await clone.drop();
    },
  };
}

/** Ids are drawn also by what is rolled back: what counts is which bucket was made before which. */
function byPlace(said: string) {
  const ids = [...new Set(said.match(longId))].sort();
  return said.replaceAll(longId, (id) => String(ids.indexOf(id) + 1));
}

const longId = /\b7\d{9}\b/g;
