// What is measured, and what it is measured against: each call is one unit of work of one client.
import type pg from "pg";

export type Call = {
  name: string;
  /** Credits are taken this many times in one call. */
  units: number;
  run: (client: pg.ClientBase, account: string) => Promise<unknown>;
};

const key = () => `req_${Math.floor(Math.random() * 1e15)}`;
const amount = () => 1 + Math.floor(Math.random() * 10);
const description = "image generation";

type Row = Record<string, unknown>;

/** A named statement is parsed once per connection, as drivers do. */
function call(name: string, run: Call["run"], units = 1): Call {
  return { name, units, run };
}

async function one(client: pg.ClientBase, name: string, text: string, values: unknown[]): Promise<Row> {
  const { rows } = await client.query<Row>({ name, text, values });
  const [row] = rows;
  if (!row || row.success === false) throw new Error(`${name} answered ${JSON.stringify(row)}`);
  return row;
}

const spendSql = "select * from public.deduct_credits_atomic($1, $2, $3, $4)";
export const spend = call("spend", (client, account) =>
  one(client, "spend", spendSql, [account, amount(), key(), description]),
);

/** The spend's own update and insert on its own tables: no function, no check of key, caller or arguments. */
export const statement = call("statement", (client, account) =>
  one(client, "statement", statementSql, [account, amount(), key(), description]),
);
const statementSql = `
  with account as (
    update billing.accounts a
    set balance = a.balance - $2::bigint, in_hand_credits = a.in_hand_credits - $2::bigint,
        entry_count = a.entry_count + 1
    where a.id = $1::uuid and a.in_hand_credits >= $2::bigint
      and least(a.next_due_at, a.next_claim_at) > clock_timestamp()
    returning a.id, a.entry_count, a.balance, a.bucket_in_hand
  ), entry as (
    insert into billing.credit_transactions (
      account_id, number, credits, balance_after, from_promotional, from_subscription,
      from_permanent, created_at, bucket_id, kind, key_scope, key, description
    )
    select a.id, a.entry_count, -$2::bigint, a.balance, $2::bigint, 0, 0, clock_timestamp(),
      a.bucket_in_hand, 'spend', 'spend', $3::text, $4::text
    from account a
    returning 1
  )
  select a.balance, (select 1 from entry) from account a`;

export const limit = call("limit", async (client, account) => {
  const { rowCount } = await client.query({ name: "limit", text: limitSql, values: [account, amount()] });
  if (rowCount !== 1) throw new Error(`the limit wrote ${rowCount} entries`);
});
const limitSql = `
  with account as (
    update bench.limit_accounts set balance = balance - $2::bigint where id = $1::uuid
    returning id, balance
  )
  insert into bench.limit_entries (account_id, amount, balance_after)
  select id, -$2::bigint, balance from account`;

export const separate = call("separate", async (client, account) => {
  const credits = amount();
  await client.query("begin");
  const { balance } = await one(
    client,
    "separate-lock",
    "select balance from bench.separate_accounts where id = $1 for update",
    [account],
  );
  const after = Number(balance) - credits;
  if (after < 0) throw new Error("the balance is short");
  await one(
    client,
    "separate-update",
    "update bench.separate_accounts set balance = $2, updated_at = now() where id = $1 returning id",
    [account, after],
  );
  await one(
    client,
    "separate-insert",
    "insert into bench.separate_entries (account_id, amount, balance_after, key, description) values ($1, $2, $3, $4, $5) returning id",
    [account, -credits, after, key(), description],
  );
  await client.query("commit");
});

/** Another call as often as `times`, in turn, by the same client. */
export function repeated(times: number, { name, run }: Call): Call {
  return call(
    `${times} x ${name}`,
    async (client, account) => {
      for (let n = 0; n < times; n++) await run(client, account);
    },
    times,
  );
}

/** One batch: for the account that is drawn, or for as many as `pick` gives. */
export function deductMany(size: number, pick?: () => string) {
  const list = <T>(item: () => T) => Array.from({ length: size }, item);
  const sql =
    "select count(*) filter (where d.success)::integer as paid from public.deduct_many($1, $2, $3, $4) d";
  return call(
    `deduct_many of ${size}`,
    async (client, account) => {
      const items = [list(() => pick?.() ?? account), list(amount), list(key), list(() => description)];
      const { paid } = await one(client, "batch", sql, items);
      if (paid !== size) throw new Error(`deduct_many charged ${paid} of ${size}`);
    },
    size,
  );
}

/** Holds 10 credits and captures them, or a part. */
export function holdAndCapture(part?: number) {
  const hold = "select * from public.hold_credits_atomic($1, $2, $3)";
  const capture = "select * from public.capture_hold($1, $2, $3)";
  return call(part ? "hold + capture in part" : "hold + capture", async (client, account) => {
    const task = key();
    await one(client, "hold", hold, [account, 10, task]);
    await one(client, "capture", capture, [account, task, part ?? null]);
  });
}

/** An operation of the catalog with two parameters, priced anew at each call. */
export const consume = call("consume", (client, account) =>
  one(client, "consume", "select * from public.consume_credits('enhance_image', $1, $2, account_id => $3)", [
    { picture: "cat.jpg", size: "draft" },
    key(),
    account,
  ]),
);

export const balance = call("balance", (client, account) =>
  one(client, "balance", "select * from public.get_user_credits($1)", [account]),
);

const pageSize = 50;
export const history = call("history page", async (client, account) => {
  const text = "select * from public.get_credit_history(account_id => $1, page_size => $2)";
  const { rows } = await client.query({ name: "history", text, values: [account, pageSize] });
  if (rows.length !== pageSize) throw new Error(`a page of ${rows.length} entries, not ${pageSize}`);
});

/** The same spend without a name for its statement, as a pooler that does not track names needs it. */
export const unnamedSpend = call("spend, unnamed", async (client, account) => {
  const { rows } = await client.query<Row>(spendSql, [account, amount(), key(), description]);
  if (rows[0]?.success !== true) throw new Error(`the spend answered ${JSON.stringify(rows[0])}`);
});
