import "server-only";
import { AppError } from "@/lib/errors";

/** What names a piece of work, so that it is done once: a header, or the field of the same meaning, not two words. */
export function idempotencyKey(headers: Headers, field?: string): string | undefined {
  const header = headers.get("idempotency-key") ?? undefined;
  if (header !== undefined && field !== undefined && header !== field)
    throw new AppError("invalid", "twoKeys");
  return header ?? field;
}
