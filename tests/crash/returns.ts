// Calls about what an earlier call has done: how a hold ends, what comes back, what is refunded or disputed.
import { asking, type Call, refused } from "./call.ts";
import { type Account, below, type Claim, pick, type Shop, take, upTo } from "./shop.ts";
import { type Done, overrun } from "./takings.ts";

export function capture(shop: Shop): Call | undefined {
  const account = pick(shop.accounts);
  const hold = take(account.holds);
  if (!hold) return undefined;
  const credits = upTo(hold.credits + overrun);
  return asking<Done>(
    "capture",
    "select * from capture_hold($1, $2, $3)",
    [account.id, hold.key, credits],
    ({ success, balance_after, duplicate }) => {
      if (!success) return refused;
      account.spends.push({ key: hold.key, credits });
      const name = `capture of ${hold.key}`;
      return {
        promised: [{ account: account.id, name, credits: hold.credits - credits, balance: balance_after }],
        duplicate,
      };
    },
  );
}

export function release(shop: Shop): Call | undefined {
  const account = pick(shop.accounts);
  const hold = take(account.holds);
  if (!hold) return undefined;
  const name = `release of ${hold.key}`;
  return asking<Done>(
    "release",
    "select * from release_hold($1, $2)",
    [account.id, hold.key],
    ({ balance_after, duplicate }) => ({
      promised: [{ account: account.id, name, credits: hold.credits, balance: balance_after }],
      duplicate,
    }),
  );
}

export function extension(shop: Shop): Call | undefined {
  const account = pick(shop.accounts);
  if (account.holds.length === 0) return undefined;
  const { key } = pick(account.holds);
  return asking<{ ends_at: Date }>(
    "extension",
    "select * from extend_hold($1, $2, '2 hours')",
    [account.id, key],
    ({ ends_at }) => ({ promised: [], extension: { account: account.id, key, endsAt: ends_at } }),
  );
}

/** Whole, or a part under a key of its own; the rest may be given back later. */
export function reversal(shop: Shop): Call | undefined {
  const account = pick(shop.accounts);
  const spend = take(account.spends);
  if (!spend) return undefined;
  const part = spend.credits > 1 && below(2) > 0 ? shop.newKey("part") : null;
  const credits = part ? upTo(spend.credits - 1) : spend.credits;
  const name = `reversal of ${spend.key}${part ? ` ${part}` : ""}`;
  return asking<Done>(
    "reversal",
    "select * from reverse_deduction($1, $2, 'it failed', $3, $4)",
    [account.id, spend.key, part && credits, part],
    ({ balance_after, duplicate }) => {
      if (part) account.spends.push({ key: spend.key, credits: spend.credits - credits });
      return { promised: [{ account: account.id, name, credits, balance: balance_after }], duplicate };
    },
  );
}

type Claimed = { state: "frozen" | "taken"; duplicate: boolean };

/** What a claim moves is the claim's to tell, not the caller's: claims.sql asks for it. */
function claiming(verb: string, account: Account, claim: Claim, list: Claim[]): Call {
  const act = verb === "dispute" ? "dispute_credits" : "claw_back_credits";
  return asking<Claimed>(
    verb,
    `select * from ${act}($1, $2, $3, $4, $5)`,
    [account.id, claim.id, claim.payment.key, claim.cents, claim.payment.cents],
    ({ state, duplicate }) => {
      list.push(claim);
      return { promised: [], claim: { account: account.id, id: claim.id, state }, duplicate };
    },
  );
}

export function refund(shop: Shop): Call | undefined {
  const account = pick(shop.accounts);
  const payment = take(account.payments);
  if (!payment) return undefined;
  const claim = { id: shop.newKey("refund"), payment, cents: upTo(payment.cents) };
  return claiming("refund", account, claim, account.refunds);
}

export function dispute(shop: Shop): Call | undefined {
  const account = pick(shop.accounts);
  const payment = take(account.payments);
  if (!payment) return undefined;
  const claim = { id: shop.newKey("dispute"), payment, cents: upTo(payment.cents) };
  return claiming("dispute", account, claim, account.disputes);
}

/** Taken as a refund is. */
export function disputeLost(shop: Shop): Call | undefined {
  const account = pick(shop.accounts);
  const claim = take(account.disputes);
  return claim && claiming("dispute lost", account, claim, account.refunds);
}

/** A dispute that was won, or a refund that failed. */
export function cancellation(shop: Shop): Call | undefined {
  const account = pick(shop.accounts);
  const claim = take(pick([account.disputes, account.refunds]));
  if (!claim) return undefined;
  return asking<{ duplicate: boolean }>(
    "claim cancelled",
    "select * from cancel_claw_back($1, $2)",
    [account.id, claim.id],
    ({ duplicate }) => ({
      promised: [],
      claim: { account: account.id, id: claim.id, state: "cancelled" },
      duplicate,
    }),
  );
}
