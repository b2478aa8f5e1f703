// What the model knows: accounts as DESIGN describes them, and nothing that is there for speed (no bucket in hand).
import type { Instant } from "./time.ts";

export const kinds = ["promotional", "subscription", "permanent"] as const;
export type Kind = (typeof kinds)[number];
type Scope = "spend" | "member" | "grant" | "system";
export type EntryKind = "grant" | "spend" | "hold" | "capture" | "release" | "reversal" | "expiry";

/** Credits from one source with one expiry; `openedAt` is when its grant entered the ledger. */
export type Bucket = {
  id: number;
  kind: Kind;
  priority: number;
  key: string | null;
  granted: number;
  remaining: number;
  createdAt: Instant;
  startsAt: Instant;
  openedAt: Instant | null;
  expiresAt: Instant | null;
  periodEndsAt: Instant | null;
  paymentKey: string | null;
};

/** What an entry did to one bucket, below zero where it took. */
export type Share = { bucket: number; credits: number };

/** What an operation was charged for. */
export type Charge = { operation: string; params: Params; priceVersion: number };
export type Params = Record<string, string>;

export type Entry = {
  number: number;
  kind: EntryKind;
  at: Instant;
  credits: number;
  balanceAfter: number;
  /** In the order of taking. */
  shares: Share[];
  scope: Scope | null;
  key: string | null;
  answers: number | null;
  charge: Charge | null;
  /** What the work cost the developer. */
  costMicros: number | null;
};

export type Hold = {
  number: number;
  held: number;
  overrun: number;
  endsAt: Instant;
  state: "open" | "captured" | "released" | "timed_out";
};

export type Account = {
  id: string;
  nextClaimAt: Instant;
  openedAt: Instant;
  buckets: Bucket[];
  entries: Entry[];
  holds: Hold[];
};

/** A user of Auth. Two users are one person when their e-mails say so; an anonymous one is nobody. */
export type User = { email: string | null; person: string | null };

export type World = {
  users: Record<string, User>;
  accounts: Record<string, Account>;
  /** Until when a person has had free credits. */
  freeUntil: Record<string, Instant>;
};

/** An answer, its columns named as the API names them. */
export type Answer = Record<string, unknown>;

const codes = ["LCACC", "LCAMT", "LCHLD", "LCKEY", "LCOPR"] as const;
export type Code = (typeof codes)[number];

/** A broken contract. The caller of the model puts everything back to where it was. */
export function refuse(code: Code): never {
  throw new Error(code);
}

/** The code with which something was refused; anything else that was thrown is a fault of the model. */
export function codeOf(error: unknown): Code {
  const code = codes.find((one) => error instanceof Error && error.message === one);
  if (!code) throw error;
  return code;
}

/** A copy to work on. What is never changed once written is shared. */
export function copyOf(world: World): World {
  const accounts = Object.entries(world.accounts).map(([id, account]) => [
    id,
    {
      ...account,
      buckets: account.buckets.map((bucket) => ({ ...bucket })),
      holds: account.holds.map((hold) => ({ ...hold })),
      entries: [...account.entries],
    },
  ]);
  return { users: world.users, accounts: Object.fromEntries(accounts), freeUntil: { ...world.freeUntil } };
}

export function newWorld(users: World["users"]): World {
  return { users, accounts: {}, freeUntil: {} };
}
