import type { Live } from "@/lib/live/get-live";

/** `failed`: nothing is known. */
export type Answer = { is: "live"; live: Live } | { is: "failed" };

/** Whether anything has changed, for whoever is signed in by now. */
export async function ask(signal: AbortSignal): Promise<Answer> {
  try {
    const response = await fetch("/api/credits/live", { signal, cache: "no-store" });
    return response.ok ? { is: "live", live: await response.json() } : { is: "failed" };
  } catch {
    return { is: "failed" };
  }
}
