// Calls by which credits come in.
import { asking, type Call, refused } from "./call.ts";
import { codeCredits, pick, rolloverCap, type Shop, take, upTo } from "./shop.ts";

type Granted = { duplicate: boolean; balance_after: number | null };

const inSeconds = (from: number, to: number) => new Date(Date.now() + 1000 * from + upTo(1000 * (to - from)));

const granted = (account: string, name: string, credits: number) => (row: Granted) => ({
  promised: [{ account, name, credits, balance: row.balance_after }],
  duplicate: row.duplicate,
});

/** Of any kind; what is not bought expires within seconds. */
export function grant(shop: Shop): Call {
  const [{ id }, key, credits] = [pick(shop.accounts), shop.newKey("grant"), upTo(60)];
  const kind = pick(["promotional", "subscription", "permanent"]);
  const expires = kind === "permanent" ? null : inSeconds(0, 5);
  return asking<Granted>(
    "grant",
    "select * from add_credits_atomic($1, $2, $3, $4, expires_at => $5)",
    [id, credits, kind, key, expires],
    granted(id, key, credits),
  );
}

export function grantThatStartsLater(shop: Shop): Call {
  const [{ id }, key, credits] = [pick(shop.accounts), shop.newKey("later"), upTo(60)];
  return asking<Granted>(
    "grant that starts later",
    "select * from grant_credits($1, $2, 'promotional', $3, starts_at => $4, expires_at => $5)",
    [id, credits, key, inSeconds(0, 2), inSeconds(2, 5)],
    granted(id, key, credits),
  );
}

export function payment(shop: Shop): Call {
  const [account, key, credits] = [pick(shop.accounts), shop.newKey("payment"), upTo(200)];
  return asking<Granted>(
    "payment",
    `select * from grant_credits($1, $2, 'permanent', $3,
       payment_key => $3, paid_cents => $2, paid_currency => 'usd')`,
    [account.id, credits, key],
    (row) => {
      account.payments.push({ key, cents: credits });
      return granted(account.id, key, credits)(row);
    },
  );
}

/** What is left of the period before moves on with it. */
export function renewal(shop: Shop): Call {
  const [{ id }, key, credits] = [pick(shop.accounts), shop.newKey("period"), upTo(100)];
  return asking<Granted>(
    "renewal",
    `select * from billing.grant_credits($1, 'subscription', $2, $3, expires_at => $4,
       subscription_id => 'sub', rollover_cap => $5, rollover_periods => 3::smallint)`,
    [id, credits, key, inSeconds(2, 6), rolloverCap],
    granted(id, key, credits),
  );
}

export function code(shop: Shop): Call | undefined {
  const { id, codes } = pick(shop.accounts);
  const code = take(codes);
  if (!code) return undefined;
  return asking<Granted & { success: boolean }>(
    "code",
    "select * from redeem_code($1, $2)",
    [code, id],
    (row) => (row.success ? granted(id, `code:${code}`, codeCredits)(row) : refused),
  );
}

export function newcomer(shop: Shop): Call | undefined {
  const id = take(shop.newcomers);
  return id === undefined ? undefined : firstTouch(id);
}

/** It claims a free month for a user. */
export function firstTouch(id: string): Call {
  return asking<{ total: number }>("free month", "select * from get_user_credits($1)", [id], ({ total }) => ({
    promised: [{ account: id, name: "free month", credits: total }],
  }));
}
