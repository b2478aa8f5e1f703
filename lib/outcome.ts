import "server-only";
import { AppError, type ErrorKind, sentenceOf } from "@/lib/errors";

/** A result that can cross to the browser: what was asked for, or a sentence for the user. */
export type Outcome<T> = { ok: true; data: T } | { ok: false; error: { kind: ErrorKind; message: string } };

/** So that one panel can fail alone, and a form can show why. Redirects and bugs pass through. */
export async function outcome<T>(work: Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, data: await work };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.status >= 500) console.error(error.message, error.cause);
    return { ok: false, error: { kind: error.kind, message: await sentenceOf(error) } };
  }
}
