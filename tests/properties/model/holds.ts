import { visit } from "./accounts.ts";
import { post, sharesBack, sharesFor, spendableOf } from "./ledger.ts";
import { findTaking } from "./reversals.ts";
import { giveBackHold, settle } from "./settle.ts";
import { type Taking, take } from "./spends.ts";
import type { Instant } from "./time.ts";
import { type Account, type Answer, type Entry, type Hold, refuse, type World } from "./world.ts";

type Holding = Omit<Taking, "kind"> & { ttl: number; overrun: number };

/** Sets credits aside. Retried, it answers the hold as it now is, and success only while the work may go on. */
export function hold(world: World, now: Instant, { ttl, overrun, ...taking }: Holding): Answer {
  const taken = take(world, now, { ...taking, kind: "hold" });
  if (taken.entry === null)
    return {
      success: false,
      held: 0,
      ends_at: null,
      status: null,
      balance_after: taken.balance,
      duplicate: false,
      shortfall: taken.credits - taken.balance,
    };
  const { account, entry, duplicate } = taken;
  if (!duplicate)
    account.holds.push({
      number: entry.number,
      held: -entry.credits,
      overrun,
      endsAt: now + ttl,
      state: "open",
    });
  const { held, endsAt, state } = holdOf(account, entry);
  return {
    success: state === "open" || state === "captured",
    held,
    ends_at: endsAt,
    status: state,
    balance_after: entry.balanceAfter,
    duplicate,
    shortfall: 0,
  };
}

type Capture = { account: string; key: string; credits: number | null; costMicros: number | null };

/** Takes what the work cost and gives the rest back; above the hold at most its overrun, all or nothing. */
export function capture(world: World, now: Instant, { credits, costMicros, ...named }: Capture): Answer {
  const { account, hold, entry } = find(world, now, named);
  const wanted = credits ?? hold.held;
  const earlier = answerTo(account, hold, "capture");
  if (earlier) {
    const before = hold.held - earlier.credits;
    // No amount said is no other amount: as with a reversal, it stands for what was done.
    if (credits !== null && credits !== before) refuse("LCKEY");
    return captured(earlier, before, true);
  }
  if (hold.state !== "open") refuse("LCHLD");
  if (wanted > hold.held + hold.overrun) refuse("LCAMT");
  const extra = wanted - hold.held;
  const balance = spendableOf(account);
  if (extra > balance)
    return {
      success: false,
      captured: 0,
      given_back: 0,
      balance_after: balance,
      duplicate: false,
      shortfall: extra - balance,
    };
  hold.state = "captured";
  const posted = post(account, {
    kind: "capture",
    at: now,
    shares: extra > 0 ? sharesFor(account, extra) : sharesBack(entry.shares, -extra),
    scope: "system",
    key: `capture:${hold.number}`,
    answers: hold.number,
    charge: entry.charge,
    costMicros,
  });
  settle(account, now);
  return captured(posted, wanted, false);
}

type Named = { account: string; key: string };

/** Gives everything back; again, or after the hold has timed out, it says what has come back. */
export function release(world: World, now: Instant, named: Named): Answer {
  const { account, hold } = find(world, now, named);
  if (hold.state === "captured") refuse("LCHLD");
  const earlier = answerTo(account, hold, "release");
  const entry = earlier ?? giveBackHold(account, hold.number, "released", now);
  settle(account, now);
  return {
    success: true,
    released: entry.credits,
    balance_after: entry.balanceAfter,
    duplicate: earlier !== undefined,
  };
}

/** Moves the end of an open hold to so long from now, never nearer. */
export function extend(world: World, now: Instant, { ttl, ...named }: Named & { ttl: number }): Answer {
  const { hold } = find(world, now, named);
  if (hold.state !== "open") refuse("LCHLD");
  hold.endsAt = Math.max(hold.endsAt, now + ttl);
  return { ends_at: hold.endsAt };
}

function find(world: World, now: Instant, { account: id, key }: Named) {
  const account = visit(world, id, now);
  const entry = account && findTaking(account, key, ["hold"]);
  if (!account || !entry) refuse("LCHLD");
  return { account, entry, hold: holdOf(account, entry) };
}

function holdOf(account: Account, entry: Entry): Hold {
  return account.holds.find((one) => one.number === entry.number) ?? refuse("LCHLD");
}

function answerTo(account: Account, hold: Hold, kind: "capture" | "release"): Entry | undefined {
  return account.entries.find((one) => one.kind === kind && one.answers === hold.number);
}

function captured(entry: Entry, credits: number, duplicate: boolean): Answer {
  return {
    success: true,
    captured: credits,
    given_back: Math.max(0, entry.credits),
    balance_after: entry.balanceAfter,
    duplicate,
    shortfall: 0,
  };
}
