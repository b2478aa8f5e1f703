import "server-only";
import { env } from "@/lib/env";

/** Supabase Realtime of the project, for sockets. */
export function realtimeAddress(): string {
  return `${env().SUPABASE_URL.replace(/^http/, "ws").replace(/\/$/, "")}/realtime/v1`;
}
