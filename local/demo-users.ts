import { withClient } from "./database.ts";
import type { Platform } from "./environment.ts";

/** Who can sign in to a fresh local platform: one bought a plan through the sandbox, one has signed up, and no more. */
export const demoUsers = {
  subscriber: "subscriber@coffer.test",
  newcomer: "new@coffer.test",
  password: "Coffer-demo-1",
};

/** Whether a start has anything left to do; a run that was cut short is finished by the next. */
export function hasDemoUsers(databaseUrl: string, { stripe }: Platform) {
  return withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ users: number; payments: number }>(
      `select count(distinct users.id)::integer as users, count(payments)::integer as payments
         from auth.users left join billing.payments on account_id = users.id where email in ($1, $2)`,
      [demoUsers.subscriber, demoUsers.newcomer],
    );
    return rows[0]?.users === 2 && (rows[0].payments > 0 || !stripe.isSandbox);
  });
}
