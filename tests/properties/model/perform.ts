// One step of the model: the world after it, and the answer, or the codes of the rules that it broke.
import type { Step } from "../steps.ts";
import { openAccount } from "./accounts.ts";
import { cancelClawBack, clawBack, dispute } from "./claims.ts";
import { faultsOf } from "./faults.ts";
import { grant } from "./grants.ts";
import { capture, extend, hold, release } from "./holds.ts";
import type { Work } from "./operations.ts";
import { adjust, erase, extendExpiry, freezeCredits, unfreezeCredits, voidGrant } from "./owners.ts";
import { createCode, redeem } from "./promo-codes.ts";
import { balanceAt, quote, read } from "./reads.ts";
import { reverse } from "./reversals.ts";
import { settle } from "./settle.ts";
import { spend, spendMany } from "./spends.ts";
import type { Instant } from "./time.ts";
import { transfer } from "./transfers.ts";
import { usage } from "./usage.ts";
import { type Answer, codeOf, copyOf, type World } from "./world.ts";

export function perform(world: World, step: Step): { world: World; answer: Answer } {
  const next = copyOf(world);
  const broken = new Set(faultsOf(step));
  let answer: Answer = {};
  try {
    answer = act(next, step);
  } catch (error) {
    broken.add(codeOf(error));
  }
  return broken.size > 0 ? { world, answer: { error: [...broken] } } : { world: next, answer };
}

function act(world: World, step: Step): Answer {
  const now = step.at;
  switch (step.verb) {
    case "grant":
      return grant(world, now, step);
    case "add":
    case "grant for money":
      return grant(world, now, step);
    case "deduct":
      return spend(world, now, { ...step, wanted: step.credits, by: "server", costMicros: null });
    case "deduct many":
      return spendMany(world, now, step.items);
    case "consume":
      return spend(world, now, { ...step, wanted: workOf(step) });
    case "hold":
      return hold(world, now, { ...step, wanted: step.credits, by: "server", costMicros: null });
    case "place hold":
      return hold(world, now, { ...step, wanted: workOf(step), costMicros: null });
    case "capture":
      return capture(world, now, step);
    case "release":
      return release(world, now, step);
    case "extend":
      return extend(world, now, step);
    case "reverse":
      return reverse(world, now, step);
    case "read":
      return read(world, now, step.account);
    case "quote":
      return quote(world, now, step.account, step.operation, step.params);
    case "usage":
      return usage(world, now, step.account);
    case "balance at":
      return balanceAt(world, now, step.account, step.instant);
    case "claw back":
      return clawBack(world, now, step);
    case "dispute":
      return dispute(world, now, step);
    case "cancel claim":
      return cancelClawBack(world, now, step);
    case "transfer":
      return transfer(world, now, step);
    case "create code":
      return createCode(world, step);
    case "redeem":
      return redeem(world, now, step);
    case "adjust":
      return adjust(world, now, step);
    case "extend expiry":
      return extendExpiry(world, now, step);
    case "freeze":
      return freezeCredits(world, now, step);
    case "unfreeze":
      return unfreezeCredits(world, now, step);
    case "void":
      return voidGrant(world, now, step);
    case "erase":
      return erase(world, now, step);
    case "subscribe":
      return subscribe(world, now, step);
    case "sweep":
      for (const account of Object.values(world.accounts)) settle(account, now);
      return {};
    case "seal":
    case "roll up":
      return {};
  }
}

/** Stripe says how a subscription stands. One that was canceled stays so. */
function subscribe(world: World, now: Instant, step: Extract<Step, { verb: "subscribe" }>): Answer {
  const { account, subscription, status } = step;
  if (!world.accounts[account]?.erasedAt) openAccount(world, account, now);
  const all = world.subscriptions[account] ?? {};
  if (all[subscription] !== "canceled") world.subscriptions[account] = { ...all, [subscription]: status };
  return {};
}

const workOf = ({ operation, params }: Work): Work => ({ operation, params });
