import "server-only";
import { AppError, fromDatabase } from "@/lib/errors";

type Answer<T> = { data: T | null; error: { code: string; message: string } | null };

/** What a function that returns one value answers; null when it has none. */
export async function value<T>(call: PromiseLike<Answer<T>>): Promise<T | null> {
  const { data, error } = await call;
  if (error) throw fromDatabase(error);
  return data;
}

export async function rows<Row>(call: PromiseLike<Answer<Row[]>>): Promise<Row[]> {
  return (await value(call)) ?? [];
}

/** For functions that always answer one row. */
export async function oneRow<Row>(call: PromiseLike<Answer<Row[]>>): Promise<Row> {
  const [row] = await rows(call);
  if (row) return row;
  throw new AppError("unavailable", undefined, { cause: "the function answered no row" });
}

/** PostgREST writes `+00:00` or `Z`, with or without microseconds: pages get one form. */
export function isoTime(time: string): string {
  return new Date(time).toISOString();
}

// Generated types call every column of a function's row present; those named in these two may be null.
export function maybe<T>(value: T): T | null {
  return value ?? null;
}

/** Postgres calls it infinity what never comes: the next free month of an erased account. */
export function maybeTime(time: string | null): string | null {
  return time && time !== "infinity" ? isoTime(time) : null;
}
