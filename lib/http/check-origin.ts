import "server-only";
import { bearerToken } from "@/lib/auth/bearer-token";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";

/** A browser sends its cookie for anybody, so a write with one must come from our own pages; no Origin is not ours. */
export function checkOrigin({ headers }: Request): void {
  if (bearerToken(headers) !== null) return;
  if (headers.get("origin") === new URL(env().SITE_URL).origin) return;
  throw new AppError("forbidden", "otherSite");
}
