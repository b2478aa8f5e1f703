// What the clients know of the accounts they share: what is held, spent, paid, disputed, and may be acted on next.
import { randomUUID } from "node:crypto";
import { withClient } from "../../local/database.ts";

export type Taken = { key: string; credits: number };
export type Payment = { key: string; cents: number };
export type Claim = { id: string; payment: Payment; cents: number };

export type Account = {
  id: string;
  holds: Taken[];
  spends: Taken[];
  payments: Payment[];
  refunds: Claim[];
  disputes: Claim[];
  /** Not tried yet. */
  codes: string[];
};

export type Shop = {
  accounts: Account[];
  /** Users whose accounts nobody has touched. */
  newcomers: string[];
  newKey: (verb: string) => string;
};

export const codeCredits = 25;
/** What the operations of this shop cost. */
export const prices: Record<string, number> = { crash_word: 1, crash_page: 7, crash_book: 40 };
/** How much of a period moves on to the next. */
export const rolloverCap = 60;

/** Users without accounts, operations, codes, and a table of the developer's own. */
export async function openShop(
  url: string,
  size: { accounts: number; newcomers: number; codes: number },
): Promise<Shop> {
  const ids = (count: number) => Array.from({ length: count }, () => randomUUID());
  const [accounts, newcomers] = [ids(size.accounts), ids(size.newcomers)];
  const codes = Array.from({ length: size.codes }, (_, n) => `CODE-${n}`);
  await withClient(url, async (client) => {
    await client.query(
      "insert into auth.users (id, email) select id, id || '@example.com' from unnest($1::uuid[]) id",
      [[...accounts, ...newcomers]],
    );
    await client.query(
      "select create_code(code, $2, 'a campaign', max_uses => 20) from unnest($1::text[]) code",
      [codes, codeCredits],
    );
    await client.query(
      `insert into billing.operations (key, name) select key, key from jsonb_each_text($1) o`,
      [prices],
    );
    await client.query(
      `insert into billing.operation_prices (operation, version, base_credits)
       select key, 1, value::bigint from jsonb_each_text($1)`,
      [prices],
    );
    await client.query("create table orders (key text primary key, account_id uuid not null)");
  });
  let keys = 0;
  return {
    accounts: accounts.map((id) => ({
      id,
      holds: [],
      spends: [],
      payments: [],
      refunds: [],
      disputes: [],
      codes: [...codes],
    })),
    newcomers,
    newKey: (verb) => `${verb}-${++keys}`,
  };
}

export const below = (n: number) => Math.floor(Math.random() * n);
/** From 1 to n. */
export const upTo = (n: number) => 1 + below(n);

export function pick<T>(list: T[]): T {
  const one = list[below(list.length)];
  if (one === undefined) throw new Error("nothing to pick from");
  return one;
}

/** One of them, which nobody else gets. */
export function take<T>(list: T[]): T | undefined {
  return list.splice(below(list.length), 1)[0];
}
