// Accounts are opened at their first touch; the first read or spend of a month claims its free credits.
import { open, settle } from "./ledger.ts";
import { claimDate, type Instant } from "./time.ts";
import type { Account, Bucket, World } from "./world.ts";

export const freeCreditsPerMonth = 100;

export function openAccount(world: World, id: string, now: Instant): Account {
  const account = world.accounts[id] ?? {
    id,
    openedAt: now,
    nextClaimAt: now,
    buckets: [],
    entries: [],
    holds: [],
  };
  world.accounts[id] = account;
  return account;
}

/** How anything else begins: nothing is opened, nothing claimed. */
export function visit(world: World, id: string, now: Instant): Account | undefined {
  const account = world.accounts[id];
  if (account) settle(account, now);
  return account;
}

/** How a read or a spend begins. By them an account is opened only for a user; any other id has nothing. */
export function enter(world: World, id: string, now: Instant): Account | undefined {
  const account = world.users[id] ? openAccount(world, id, now) : world.accounts[id];
  if (!account) return undefined;
  settle(account, now);
  claimFreeMonth(world, account, now);
  return account;
}

const priorities = { promotional: 10, subscription: 20, permanent: 30 };

type NewBucket = Pick<Bucket, "kind" | "granted" | "startsAt" | "expiresAt" | "createdAt"> & Partial<Bucket>;

export function addBucket(account: Account, bucket: NewBucket): Bucket {
  const added = {
    key: null,
    priority: priorities[bucket.kind],
    remaining: 0,
    openedAt: null,
    periodEndsAt: null,
    paymentKey: null,
    ...bucket,
    id: account.buckets.length + 1,
  };
  account.buckets.push(added);
  return added;
}

/** The current month's credits, at the first touch of the month, once per person; asked again at the next claim date. */
function claimFreeMonth(world: World, account: Account, now: Instant) {
  if (now < account.nextClaimAt) return;
  let months = 0;
  while (claimDate(account.openedAt, months + 1) <= now) months++;
  const until = claimDate(account.openedAt, months + 1);
  account.nextClaimAt = until;
  const person = world.users[account.id]?.person;
  if (!person || (world.freeUntil[person] ?? 0) > now) return;
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
  open(account, bucket);
}
