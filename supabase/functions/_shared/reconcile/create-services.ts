import { createBillingDatabase } from "../billing-database.ts";
import type { Env } from "../env.ts";
import { createRpc } from "../rpc.ts";
import { createPatientStripe } from "../stripe-client.ts";
import { createBooks } from "./books.ts";

/** What the owner's acts need, wherever they run. */
export function createServices(env: Env, tell: (line: string) => void) {
  const rpc = createRpc(env);
  return {
    rpc,
    stripe: createPatientStripe(env),
    database: createBillingDatabase(rpc),
    books: createBooks(rpc),
    tell,
  };
}
