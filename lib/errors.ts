import "server-only";

const kinds = {
  invalid: { status: 422, sentence: "That request is not one we understand." },
  signed_out: { status: 401, sentence: "Please sign in again." },
  forbidden: { status: 403, sentence: "This account is not yours to use." },
  unknown: { status: 404, sentence: "There is no such thing on sale." },
  conflict: { status: 409, sentence: "That was done already, in another way." },
  limit_reached: { status: 403, sentence: "Your plan allows no more of this." },
  plan_required: { status: 403, sentence: "This needs an active plan." },
  already_subscribed: { status: 409, sentence: "You already have a plan." },
  too_many: { status: 429, sentence: "Too many attempts. Please wait a minute." },
  short: { status: 402, sentence: "There are not enough credits." },
  not_allowed: { status: 405, sentence: "This cannot be asked in this way." },
  too_large: { status: 413, sentence: "That is more than is taken here." },
  failed: { status: 500, sentence: "That did not work, and nothing was charged. Please try again." },
  unavailable: { status: 503, sentence: "The service is not reachable. Please try again in a moment." },
} as const;

export type ErrorKind = keyof typeof kinds;
export const errorKinds = Object.keys(kinds) as ErrorKind[];

export function statusOf(kind: ErrorKind): number {
  return kinds[kind].status;
}

/** Every SQLSTATE of the class LC that the database raises. A test compares the keys with its source. */
export const sqlStates: Record<string, { kind: ErrorKind; sentence: string }> = {
  LCACC: { kind: "forbidden", sentence: kinds.forbidden.sentence },
  LCAMT: { kind: "invalid", sentence: "That amount is not possible." },
  LCASK: { kind: "invalid", sentence: "That cannot be answered. Please ask for a time that has come." },
  LCBAL: { kind: "short", sentence: kinds.short.sentence },
  LCCAP: { kind: "invalid", sentence: "The monthly limit must pay for at least one pack." },
  LCCUR: {
    kind: "conflict",
    sentence: "You pay in one currency. Please choose an offer in it.",
  },
  LCDUE: {
    kind: "conflict",
    sentence:
      "Your plan cannot be changed just now. Resume it if it is paused or cancelled, pay what is open, then try again.",
  },
  LCGRT: { kind: "conflict", sentence: "These credits are over, or cannot be changed in this way." },
  LCHLD: { kind: "conflict", sentence: "This job is over: its credits were used or given back." },
  LCKEY: {
    kind: "conflict",
    sentence: "This job was started before with other settings. Please start a new one.",
  },
  LCLIM: {
    kind: "limit_reached",
    sentence: "Your plan allows no more of this. A larger plan does.",
  },
  LCOPR: { kind: "invalid", sentence: "These settings are not on offer." },
  LCOWN: { kind: "forbidden", sentence: "Only an owner may do this, and says why." },
  LCPAK: { kind: "unknown", sentence: "This pack is not sold any more. Please choose another." },
  LCPAY: {
    kind: "conflict",
    sentence: "There is no saved card to charge. Add one under Payment method first.",
  },
  LCPLN: { kind: "plan_required", sentence: "This needs an active plan. Choose a plan first." },
  LCSUB: {
    kind: "already_subscribed",
    sentence: "You already have a plan. You can change it on the Billing page.",
  },
  LCTYP: { kind: "invalid", sentence: "There is no such type of credits." },
};

/** An error whose message may be shown to the user; everything else is a bug and stays in the log. */
export class AppError extends Error {
  readonly kind: ErrorKind;
  readonly status: number;
  /** In how many seconds it is worth another try. */
  readonly retryAfter: number | undefined;

  constructor(
    kind: ErrorKind,
    message: string = kinds[kind].sentence,
    { retryAfter, ...options }: ErrorOptions & { retryAfter?: number } = {},
  ) {
    super(message, options);
    this.name = "AppError";
    this.kind = kind;
    this.status = statusOf(kind);
    this.retryAfter = retryAfter;
  }
}

/** What PostgREST answers for an expired or missing session. */
const signedOut = new Set(["42501", "PGRST301", "PGRST302", "PGRST303"]);

export function fromDatabase(error: { code: string; message: string }): AppError {
  const known = sqlStates[error.code];
  if (known) return new AppError(known.kind, known.sentence, { cause: error });
  return new AppError(signedOut.has(error.code) ? "signed_out" : "unavailable", undefined, { cause: error });
}
