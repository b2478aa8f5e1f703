import "server-only";
import { env } from "@/lib/env";

/** A full address of one of our pages, for those who send the browser back to us. */
export function siteAddress(path: string, query: Record<string, string> = {}): string {
  const url = new URL(path, env().SITE_URL);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
}
