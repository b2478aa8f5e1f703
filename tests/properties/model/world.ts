// What the model knows: accounts as DESIGN describes them, and nothing that is there for speed (no bucket in hand).
import type { Instant } from "./time.ts";

export const kinds = ["promotional", "subscription", "permanent"] as const;
export type Kind = (typeof kinds)[number];
type Scope = "spend" | "member" | "grant" | "system";
export type EntryKind =
  | "grant"
  | "spend"
  | "hold"
  | "capture"
  | "release"
  | "reversal"
  | "expiry"
  | "clawback"
  | "debt"
  | "rollover"
  | "transfer"
  | "adjustment"
  | "void";

/** Credits from one source with one expiry; `openedAt` is when its grant entered the ledger, `remaining` also what is frozen. */
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
  /** So much was paid for so many credits. */
  paidCents: number | null;
  paidCredits: number | null;
  paidCurrency: string | null;
  subscription: string | null;
  /** How much of the periods before moves on with this grant, and how often a credit may. */
  rolloverCap: number | null;
  rolloverPeriods: number | null;
  rollovers: number;
  rolledInto: number | null;
  /** What refunds took of it before it started. */
  withheld: number;
  /** Frozen as a whole until then. */
  frozenUntil: Instant | null;
  voidedAt: Instant | null;
};

/** Credits of one bucket that a claim has frozen, or withheld of a grant to come; `gone` of them have expired meanwhile, or were voided. */
export type Part = { bucket: number; credits: number; gone: number; at: Instant; isWithheld: boolean };

/** What a refund or a dispute claims of what its payment bought; `owed` is what it did not find. */
export type Claim = {
  key: string;
  paymentKey: string;
  cents: number;
  claimed: number;
  owed: number;
  state: "frozen" | "taken" | "cancelled";
  createdAt: Instant;
  /** Of a dispute what it has frozen, of a refund what it has withheld. */
  parts: Part[];
  /** What a dispute that was won gave back though it had expired. */
  revived: number;
};

/** What an entry did to one bucket, below zero where it took. */
export type Share = { bucket: number; credits: number };

/** What an operation was charged for. */
export type Charge = { operation: string; params: Params; priceVersion: number };
export type Params = Record<string, string | number>;

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
  claims: Claim[];
  frozenUntil: Instant | null;
  erasedAt: Instant | null;
};

/** A user of Auth. Two users are one person when their e-mails say so; an anonymous one is nobody. */
export type User = { email: string | null; person: string | null };

export type World = {
  users: Record<string, User>;
  accounts: Record<string, Account>;
  /** Until when a person has had free credits. */
  freeUntil: Record<string, Instant>;
  codes: Record<string, Code>;
  /** By account: Stripe's word for the state of each of its subscriptions. */
  subscriptions: Record<string, Record<string, string>>;
};

/** A promotional code, and which account of each person has redeemed it. */
export type Code = {
  credits: number;
  maxUses: number | null;
  redeemUntil: Instant | null;
  lasts: number | null;
  redeemedBy: Record<string, string>;
};

/** An answer, its columns named as the API names them. */
export type Answer = Record<string, unknown>;

const errors = ["LCACC", "LCAMT", "LCASK", "LCGRT", "LCHLD", "LCKEY", "LCLIM", "LCOPR", "LCSUB"] as const;
export type ErrorCode = (typeof errors)[number];

/** A broken contract. The caller of the model puts everything back to where it was. */
export function refuse(code: ErrorCode): never {
  throw new Error(code);
}

/** The code with which something was refused; anything else that was thrown is a fault of the model. */
export function codeOf(error: unknown): ErrorCode {
  const code = errors.find((one) => error instanceof Error && error.message === one);
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
      claims: account.claims.map((claim) => ({ ...claim, parts: claim.parts.map((part) => ({ ...part })) })),
      entries: [...account.entries],
    },
  ]);
  const codes = Object.entries(world.codes).map(([name, code]) => [
    name,
    { ...code, redeemedBy: { ...code.redeemedBy } },
  ]);
  return {
    users: world.users,
    accounts: Object.fromEntries(accounts),
    freeUntil: { ...world.freeUntil },
    codes: Object.fromEntries(codes),
    subscriptions: structuredClone(world.subscriptions),
  };
}

export function newWorld(users: World["users"]): World {
  return { users, accounts: {}, freeUntil: {}, codes: {}, subscriptions: {} };
}
