// Accounts are opened at their first touch; the first read or spend of a month claims its free credits.
import { addBucket } from "./ledger.ts";
import { settle, start } from "./settle.ts";
import { claimDate, type Instant } from "./time.ts";
import { type Account, refuse, type World } from "./world.ts";

export const freeCreditsPerMonth = 100;

/** How what gives begins: by it an account is opened for any id. An erased one takes nothing. */
export function openAccount(world: World, id: string, now: Instant): Account {
  const account = world.accounts[id] ?? newAccount(id, now);
  world.accounts[id] = account;
  if (account.erasedAt !== null) refuse("LCACC");
  settle(account, now);
  return account;
}

export const newAccount = (id: string, openedAt: Instant): Account => ({
  id,
  openedAt,
  nextClaimAt: openedAt,
  buckets: [],
  entries: [],
  holds: [],
  claims: [],
  frozenUntil: null,
  erasedAt: null,
});

/** How what acts on something older begins: nothing is opened, nothing claimed. */
export function visit(world: World, id: string, now: Instant): Account | undefined {
  const account = world.accounts[id];
  if (account && account.erasedAt !== null) refuse("LCACC");
  if (account) settle(account, now);
  return account;
}

/** How a read or a spend begins. By them an account is opened only for a user; any other id has nothing. */
export function enter(world: World, id: string, now: Instant): Account | undefined {
  if (!world.users[id] && !world.accounts[id]) return undefined;
  const account = openAccount(world, id, now);
  claimFreeMonth(world, account, now);
  return account;
}

/** As for a read, but that an erased account is left as it is. */
export function look(world: World, id: string, now: Instant): Account | undefined {
  const account = world.accounts[id];
  return account && account.erasedAt !== null ? account : enter(world, id, now);
}

/** The current month's credits, at the first touch of the month, once per person; asked again at the next claim date. */
function claimFreeMonth(world: World, account: Account, now: Instant) {
  if (now < account.nextClaimAt) return;
  let months = 0;
  while (claimDate(account.openedAt, months + 1) <= now) months++;
  const until = claimDate(account.openedAt, months + 1);
  account.nextClaimAt = until;
  const person = world.users[account.id]?.person;
  if (!person || (world.freeUntil[person] ?? 0) > now || hasPlan(world, account.id)) return;
  world.freeUntil[person] = until;
  const date = new Date(claimDate(account.openedAt, months) / 1000).toISOString().slice(0, 10);
  const bucket = addBucket(account, {
    kind: "promotional",
    granted: freeCreditsPerMonth,
    key: `free:${date}`,
    createdAt: now,
    startsAt: now,
    expiresAt: until,
  });
  start(account, bucket);
}

const live = ["trialing", "active", "past_due"];

export const hasPlan = (world: World, id: string) => hasSubscription(world, id, live);

/** One that gives nothing now may still be charged for. */
export const mayBeCharged = (world: World, id: string) =>
  hasSubscription(world, id, [...live, "paused", "unpaid"]);

const hasSubscription = (world: World, id: string, statuses: string[]) =>
  Object.values(world.subscriptions[id] ?? {}).some((status) => statuses.includes(status));
