import { openAccount, visit } from "./accounts.ts";
import { bucketOf, deriveBucket, post, sharesFor, total } from "./ledger.ts";
import { settle } from "./settle.ts";
import type { Instant } from "./time.ts";
import { type Account, type Answer, type Entry, refuse, type World } from "./world.ts";

type Transfer = { account: string; to: string; credits: number; key: string };

/** Moves permanent credits to another account, all or nothing; expiry and cost go along, their payment does not. */
export function transfer(
  world: World,
  now: Instant,
  { account: id, to: toId, credits, key }: Transfer,
): Answer {
  if (id === toId) refuse("LCACC");
  const from = visit(world, id, now);
  const to = openAccount(world, toId, now);
  if (!from) return { ...nothing, shortfall: credits };
  const [sent, received] = [from, to].map((account) => movedBy(account, key));
  if (sent || received) {
    if (!sent || !received || sent.credits !== -credits || received.credits !== credits) refuse("LCKEY");
    return answerOf(sent, received, true);
  }
  const shares = sharesFor(from, credits, "permanent");
  const found = -total(shares);
  if (found < credits) return { ...nothing, shortfall: credits - found };
  const posting = { kind: "transfer", at: now, scope: "system", key: `transfer:${key}` } as const;
  const outgoing = post(from, { ...posting, shares });
  const arrived = shares.map((share) => {
    const { kind, expiresAt, ...source } = bucketOf(from, share.bucket);
    const derived = { kind, expiresAt, granted: -share.credits, paymentKey: null, subscription: null };
    return {
      bucket: deriveBucket(to, { kind, expiresAt, ...source }, now, derived).id,
      credits: -share.credits,
    };
  });
  const incoming = post(to, { ...posting, shares: arrived });
  settle(from, now);
  settle(to, now);
  return answerOf(outgoing, incoming, false);
}

const movedBy = (account: Account, key: string) =>
  account.entries.find((entry) => entry.kind === "transfer" && entry.key === `transfer:${key}`);

const answerOf = (sent: Entry, received: Entry, duplicate: boolean): Answer => ({
  success: true,
  transferred: received.credits,
  from_balance_after: sent.balanceAfter,
  to_balance_after: received.balanceAfter,
  duplicate,
  shortfall: 0,
});

const nothing = {
  success: false,
  transferred: 0,
  from_balance_after: null,
  to_balance_after: null,
  duplicate: false,
};
