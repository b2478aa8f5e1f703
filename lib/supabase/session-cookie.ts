import "server-only";
import { env } from "@/lib/env";

/** No script reads the session: what a page may know of it, it asks for. */
export function sessionCookie() {
  return { httpOnly: true, secure: env().SITE_URL.startsWith("https:") };
}
