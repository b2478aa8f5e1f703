import { grant } from "./grants.ts";
import type { Instant } from "./time.ts";
import { type Answer, type Code, refuse, type World } from "./world.ts";

type NewCode = { code: string } & Pick<Code, "credits" | "maxUses" | "redeemUntil" | "lasts">;

/** A code that exists already stays as it is, and stands for nothing else. */
export function createCode(world: World, { code, credits, maxUses, redeemUntil, lasts }: NewCode): Answer {
  const name = nameOf(code);
  const earlier = world.codes[name];
  if (earlier) {
    const isSame = earlier.credits === credits && earlier.maxUses === maxUses && earlier.lasts === lasts;
    if (!isSame || earlier.redeemUntil !== redeemUntil) refuse("LCKEY");
    return { created: false };
  }
  world.codes[name] = { credits, maxUses, redeemUntil, lasts, redeemedBy: {} };
  return { created: true };
}

const nameOf = (code: string) => code.trim().toUpperCase();

/** Once per person, whichever of their accounts they use. */
export function redeem(
  world: World,
  now: Instant,
  { account, code }: { account: string; code: string },
): Answer {
  const name = nameOf(code);
  const promo = world.codes[name];
  const person = world.users[account]?.person;
  if (!person) return refused("anonymous");
  if (!promo) return refused("unknown");
  const { credits, maxUses, redeemUntil, lasts, redeemedBy } = promo;
  const by = redeemedBy[person];
  const key = `code:${name}`;
  if (by === account) {
    const bucket = world.accounts[account]?.buckets.find((one) => one.key === key);
    const entry = world.accounts[account]?.entries.find((one) => one.scope === "grant" && one.key === key);
    return redeemed(true, credits, bucket?.expiresAt ?? null, entry?.balanceAfter ?? null);
  }
  if (by !== undefined) return refused("used_before");
  if (redeemUntil !== null && redeemUntil <= now) return refused("expired");
  if (maxUses !== null && Object.keys(redeemedBy).length >= maxUses) return refused("used_up");
  const expiresAt = lasts === null ? null : now + lasts;
  const { balance_after } = grant(world, now, { account, kind: "promotional", credits, key, expiresAt });
  redeemedBy[person] = account;
  return redeemed(false, credits, expiresAt, balance_after);
}

const refused = (reason: string): Answer => ({
  success: false,
  duplicate: false,
  reason,
  credits: 0,
  expires_at: null,
  balance_after: null,
});

const redeemed = (
  duplicate: boolean,
  credits: number,
  expires_at: Instant | null,
  balance_after: unknown,
): Answer => ({
  success: true,
  duplicate,
  reason: null,
  credits,
  expires_at,
  balance_after,
});
