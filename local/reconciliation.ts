// Calls the edge function that compares Stripe with the books, as a hosted project's schedule does: docs/reconciliation.md.
import type { Call } from "./cron.ts";
import type { Platform } from "./environment.ts";
import { keys } from "./keys.ts";

/** Once a night; what it answers is in the log. */
export function nightlyReconciliation({ urls }: Platform, log: (text: string) => void): Call {
  return {
    schedule: "20 3 * * *",
    async run() {
      const answer = await fetch(`${urls.api}/functions/v1/stripe-reconcile`, {
        method: "POST",
        headers: { authorization: `Bearer ${keys.secret}` },
      });
      log(`reconciliation: ${answer.status} ${await answer.text()}\n`);
    },
  };
}
