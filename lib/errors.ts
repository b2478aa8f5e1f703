import "server-only";
import { getTranslations } from "next-intl/server";
import type { en } from "@/messages/en";

/** Each kind with its HTTP status; its sentence, like all others, is in messages/en/errors.json. */
const kinds = {
  invalid: 422,
  signed_out: 401,
  forbidden: 403,
  unknown: 404,
  conflict: 409,
  limit_reached: 403,
  plan_required: 403,
  already_subscribed: 409,
  too_many: 429,
  short: 402,
  not_allowed: 405,
  too_large: 413,
  failed: 500,
  unavailable: 503,
} as const;

export type ErrorKind = keyof typeof kinds;
export type ErrorSentence = keyof typeof en.errors;
export const errorKinds = Object.keys(kinds) as ErrorKind[];

export function statusOf(kind: ErrorKind): number {
  return kinds[kind];
}

/** Every SQLSTATE of the class LC that the database raises. A test compares the keys with its source. */
export const sqlStates = {
  LCACC: "forbidden",
  LCAMT: "invalid",
  LCASK: "invalid",
  LCBAL: "short",
  LCCAP: "invalid",
  LCCUR: "conflict",
  LCDUE: "conflict",
  LCGRT: "conflict",
  LCHLD: "conflict",
  LCKEY: "conflict",
  LCLIM: "limit_reached",
  LCOPR: "invalid",
  LCOWN: "forbidden",
  LCPAK: "unknown",
  LCPAY: "conflict",
  LCPLN: "plan_required",
  LCSUB: "already_subscribed",
  LCTYP: "invalid",
} as const satisfies Partial<Record<ErrorSentence, ErrorKind>>;

type Details = ErrorOptions & {
  /** What the sentence has gaps for. */
  values?: Record<string, string | number>;
  /** In how many seconds it is worth another try. */
  retryAfter?: number;
};

/** An error whose sentence may be shown to the user; everything else is a bug and stays in the log. */
export class AppError extends Error {
  readonly kind: ErrorKind;
  readonly status: number;
  readonly sentence: ErrorSentence;
  readonly values: Details["values"];
  readonly retryAfter: number | undefined;

  constructor(
    kind: ErrorKind,
    sentence: ErrorSentence = kind,
    { values, retryAfter, ...options }: Details = {},
  ) {
    super(`${kind}: ${sentence}`, options);
    this.name = "AppError";
    this.kind = kind;
    this.status = statusOf(kind);
    this.sentence = sentence;
    this.values = values;
    this.retryAfter = retryAfter;
  }
}

/** What the user reads, in their language. */
export async function sentenceOf({ sentence, values }: AppError): Promise<string> {
  const words = await getTranslations("errors");
  return words(sentence, values).trim();
}

/** What PostgREST answers for an expired or missing session. */
const signedOut = new Set(["42501", "PGRST301", "PGRST302", "PGRST303"]);

export function fromDatabase(error: { code: string; message: string }): AppError {
  const cause = error;
  if (isKnown(error.code)) return new AppError(sqlStates[error.code], error.code, { cause });
  return new AppError(signedOut.has(error.code) ? "signed_out" : "unavailable", undefined, { cause });
}

const isKnown = (code: string): code is keyof typeof sqlStates => Object.hasOwn(sqlStates, code);
