import "server-only";
import { getUserOrThrow } from "@/lib/auth/get-user";
import { requireBilling } from "@/lib/billing/billing-enabled";
import { takeTurn } from "@/lib/billing/take-turn";
import { AppError } from "@/lib/errors";
import { siteAddress } from "@/lib/site-address";
import { askStripe, stripe } from "@/lib/stripe";
import { value } from "@/lib/supabase/rows";
import { serviceClient } from "@/lib/supabase/server";

/** Where the signed-in user manages or cancels the plan, cards and invoices: Stripe's own pages. */
export async function openPortal(): Promise<{ url: string }> {
  const user = await getUserOrThrow();
  requireBilling(user.id);
  await takeTurn(user.id, "portal");
  const customer = await value(serviceClient().rpc("get_customer", { account_id: user.id }));
  if (!customer) throw new AppError("unknown", "There is nothing to manage yet: nothing was ever bought.");
  const session = await askStripe(
    stripe().billingPortal.sessions.create({ customer, return_url: siteAddress("/dashboard/billing") }),
  );
  return { url: session.url };
}
