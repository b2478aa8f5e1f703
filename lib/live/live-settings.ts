import "server-only";
import { env } from "@/lib/env";

export type LiveSettings = { everyMs: number; idleEveryMs: number; canListen: boolean };

/** How pages keep up: how often they ask while somebody is there, how often while not, and whether they may be told. */
export function liveSettings(): LiveSettings {
  const { LIVE_POLL_MS, LIVE_IDLE_POLL_MS, LIVE_BROADCAST } = env();
  return { everyMs: LIVE_POLL_MS, idleEveryMs: LIVE_IDLE_POLL_MS, canListen: LIVE_BROADCAST };
}
