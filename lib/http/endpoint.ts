import "server-only";
import { z } from "zod";
import type { ErrorKind } from "@/lib/errors";

export type Method = "GET" | "POST" | "DELETE";

/** One method of one address: what it takes and answers. The OpenAPI document is made of these, and each is held to it. */
export type Endpoint<Query = unknown, Body = unknown, Answer = unknown> = {
  summary: string;
  /** Anyone may ask; else a session, or a token. */
  isPublic: boolean;
  /** An `Idempotency-Key` is taken: the same again is done once. */
  isKeyed: boolean;
  query: z.ZodObject & z.ZodType<Query>;
  body: z.ZodType<Body>;
  answer: z.ZodType<Answer> | "text/csv" | "nothing";
  /** Beside those that everything may meet. */
  refusals: ErrorKind[];
  /** What to send, said to who sent something else. */
  hint?: string;
};

export const nothing = z.strictObject({});

/** How many rows of a list. */
export const limit = z.coerce.number().int().min(1).max(100).default(50);

export function reads<Query, Answer>(
  reading: Pick<Endpoint<Query, unknown, Answer>, "summary" | "query" | "answer"> & Options,
) {
  return { ...usual, body: nothing, ...reading };
}

export function writes<Body, Answer>(
  writing: Pick<Endpoint<unknown, Body, Answer>, "summary" | "body" | "answer"> & Options,
) {
  return { ...usual, query: nothing, ...writing };
}

type Options = Partial<Pick<Endpoint, "isPublic" | "isKeyed" | "refusals" | "hint">>;

const usual = { isPublic: false, isKeyed: false, refusals: [] };
