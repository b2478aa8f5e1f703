import { keys, sandboxKeys } from "../../local/keys.ts";
import { readEnv } from "../../supabase/functions/_shared/env.ts";
import { createServices } from "../../supabase/functions/_shared/reconcile/create-services.ts";
import { fixFindings } from "../../supabase/functions/_shared/reconcile/fix-findings.ts";
import { reconcile } from "../../supabase/functions/_shared/reconcile/reconcile.ts";
import { replayEvents } from "../../supabase/functions/_shared/reconcile/replay-events.ts";
import { effects } from "../../supabase/functions/stripe-webhook/effects.ts";
import type { TestDb } from "../support/db";
import { supabaseUrl, webhookSecret } from "./webhook";

type Finding = { kind: string; object_id: string; reason: string; state: string };

type Shop = { db: TestDb; account: { url: string } };
export type WithOwner<S extends Shop> = S & { owner: ReturnType<typeof ownerOf> };

/** A shop whose owner has the commands. */
export async function withOwner<S extends Shop>(opening: Promise<S>): Promise<WithOwner<S>> {
  const shop = await opening;
  return { ...shop, owner: ownerOf(shop.db, shop.account.url) };
}

/** The owner's commands, on the network that the webhook of this test has. */
export function ownerOf(db: TestDb, stripeUrl: string) {
  const variables: Record<string, string> = {
    SUPABASE_URL: supabaseUrl,
    SUPABASE_SECRET_KEY: keys.secret,
    STRIPE_SECRET_KEY: sandboxKeys.secret,
    STRIPE_WEBHOOK_SECRET: webhookSecret,
    STRIPE_API_BASE: stripeUrl,
  };
  const told: string[] = [];
  const services = createServices(
    readEnv((name) => variables[name]),
    (line) => told.push(line),
  );
  const findings = async (state = "open") =>
    (
      await db.query<Finding>(
        `select kind, object_id, reason, state from billing.findings where state = $1
         order by happened_at, id`,
        [state],
      )
    ).rows;

  return {
    services,
    told,
    findings,
    /** A whole reconciliation, and what is open after it. */
    async reconcile(since: Date | null = null) {
      await reconcile(services, effects, { since, isTimeUp: () => false });
      return findings();
    },
    /** Only so many pages of it, as if it were cut off then. */
    async reconcilePages(pages: number) {
      let left = pages;
      return reconcile(services, effects, { since: null, isTimeUp: () => left-- === 0 });
    },
    fix: (reason = "by a test", only?: number) => fixFindings(services, effects, reason, only),
    replay: (which: Parameters<typeof replayEvents>[2], reason = "by a test") =>
      replayEvents(services, effects, which, reason),
  };
}
