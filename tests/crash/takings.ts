// Calls by which credits go out, or from one account to another.
import { asking, type Call, refused } from "./call.ts";
import { type Account, pick, prices, type Shop, upTo } from "./shop.ts";

export type Done = { success: boolean; balance_after: number; duplicate: boolean };

/** What a spend answers; it may be given back from then on. */
const spent = (account: Account, key: string, credits: number) => (row: Done) => {
  if (!row.success) return refused;
  account.spends.push({ key, credits });
  return {
    promised: [{ account: account.id, name: key, credits: -credits, balance: row.balance_after }],
    duplicate: row.duplicate,
  };
};

export function deduct(shop: Shop): Call {
  const [account, key, credits] = [pick(shop.accounts), shop.newKey("spend"), upTo(30)];
  return asking<Done>(
    "deduct",
    "select * from deduct_credits_atomic($1, $2, $3)",
    [account.id, credits, key],
    spent(account, key, credits),
  );
}

/** With a row of the developer's own, in one transaction. */
export function order(shop: Shop): Call {
  const [account, key, credits] = [pick(shop.accounts), shop.newKey("order"), upTo(30)];
  return asking<Done>(
    "deduct with a row of one's own",
    `with paid as (select * from deduct_credits_atomic($1, $2, $3)),
       placed as (insert into orders select $3, $1 from paid where success and not duplicate)
     select * from paid`,
    [account.id, credits, key],
    spent(account, key, credits),
  );
}

export function deductMany(shop: Shop): Call {
  const items = Array.from({ length: upTo(6) }, () => ({
    account: pick(shop.accounts),
    key: shop.newKey("item"),
    credits: upTo(10),
  }));
  return asking<Done>(
    "deduct many",
    "select * from deduct_many($1, $2, $3)",
    [
      items.map(({ account }) => account.id),
      items.map(({ credits }) => credits),
      items.map(({ key }) => key),
    ],
    (_, rows) => {
      const answers = items.flatMap(({ account, key, credits }, at) => {
        const row = rows[at];
        return row ? [spent(account, key, credits)(row)] : [];
      });
      return {
        promised: answers.flatMap(({ promised }) => promised),
        duplicate: rows.some(({ duplicate }) => duplicate),
      };
    },
  );
}

export function consume(shop: Shop): Call {
  const [account, key, operation] = [pick(shop.accounts), shop.newKey("work"), pick(Object.keys(prices))];
  return asking<Done>(
    "consume",
    "select * from consume_credits($1, '{}', $2, $3)",
    [operation, key, account.id],
    spent(account, key, prices[operation] ?? 0),
  );
}

type Held = { status: string | null; balance_after: number; duplicate: boolean };

/** One that has ended meanwhile was held all the same. */
const held = (account: Account, key: string, credits: number) => (row: Held) => {
  if (row.status === null) return refused;
  account.holds.push({ key, credits });
  return {
    promised: [{ account: account.id, name: key, credits: -credits, balance: row.balance_after }],
    duplicate: row.duplicate,
  };
};

export const overrun = 5;

/** One in four is not captured in time. */
export function hold(shop: Shop): Call {
  const [account, key, credits] = [pick(shop.accounts), shop.newKey("hold"), upTo(30)];
  return asking<Held>(
    "hold",
    "select * from hold_credits_atomic($1, $2, $3, $4, $5)",
    [account.id, credits, key, pick(["1 hour", "1 hour", "1 hour", "100 milliseconds"]), overrun],
    held(account, key, credits),
  );
}

export function placeHold(shop: Shop): Call {
  const [account, key, operation] = [pick(shop.accounts), shop.newKey("job"), pick(Object.keys(prices))];
  return asking<Held>(
    "place hold",
    "select * from place_hold($1, '{}', $2, '1 hour', $3, $4)",
    [operation, key, overrun, account.id],
    held(account, key, prices[operation] ?? 0),
  );
}

type Transferred = Done & { from_balance_after: number; to_balance_after: number };

export function transfer(shop: Shop): Call | undefined {
  const [from, to, key] = [pick(shop.accounts).id, pick(shop.accounts).id, shop.newKey("gift")];
  if (from === to) return undefined;
  const credits = upTo(20);
  const name = `transfer:${key}`;
  return asking<Transferred>(
    "transfer",
    "select * from transfer_credits($1, $2, $3, $4)",
    [from, to, credits, key],
    ({ success, duplicate, from_balance_after, to_balance_after }) =>
      success
        ? {
            promised: [
              { account: from, name, credits: -credits, balance: from_balance_after },
              { account: to, name, credits, balance: to_balance_after },
            ],
            duplicate,
          }
        : refused,
  );
}

/** Up or down, by an owner. */
export function adjustment(shop: Shop): Call {
  const [{ id }, key, credits] = [pick(shop.accounts), shop.newKey("adjust"), upTo(20) * pick([1, -1])];
  return asking<Done>(
    "adjustment",
    "select * from adjust_credits($1, $2, $3, 'goodwill')",
    [id, credits, key],
    ({ success, duplicate, balance_after }) =>
      success
        ? {
            promised: [{ account: id, name: `adjustment:${key}`, credits, balance: balance_after }],
            duplicate,
          }
        : refused,
  );
}
