import "server-only";
import Stripe from "stripe";
import { getUserOrThrow } from "@/lib/auth/get-user";
import { requireBilling } from "@/lib/billing/billing-enabled";
import { firstCurrency } from "@/lib/billing/currency";
import { takeTurn } from "@/lib/billing/take-turn";
import { AppError } from "@/lib/errors";
import { siteAddress } from "@/lib/site-address";
import { askStripe, stripe } from "@/lib/stripe";
import { rows, value } from "@/lib/supabase/rows";
import { serviceClient } from "@/lib/supabase/server";

/** The page of the portal that a button means. */
export type PortalPage = "front" | "card";

/** Where the signed-in user manages or cancels the plan, cards and invoices: Stripe's own pages. */
export async function openPortal(page: PortalPage = "front"): Promise<{ url: string }> {
  const user = await getUserOrThrow();
  requireBilling(user.id);
  await takeTurn(user.id, "portal");
  const customer = await value(serviceClient().rpc("get_customer", { account_id: user.id }));
  if (!customer) throw new AppError("unknown", "nothingToManage");
  const configuration = await findPortal(user.id);
  const visit = {
    ...{ customer, return_url: siteAddress("/dashboard/billing") },
    ...(configuration && { configuration }),
  };
  const session = await askStripe(
    page === "card" ? openAtCard(visit) : stripe().billingPortal.sessions.create(visit),
  );
  return { url: session.url };
}

/** The one that `npm run stripe:push` made for the account's currency; without it Stripe takes the Dashboard's. */
async function findPortal(accountId: string): Promise<string | undefined> {
  const [account] = await rows(serviceClient().rpc("get_currency", { account_id: accountId }));
  const { data } = await askStripe(stripe().billingPortal.configurations.list({ active: true, limit: 100 }));
  const currency = account?.currency ?? firstCurrency;
  return data.find(({ metadata }) => metadata?.coffer_portal === currency)?.id;
}

type Visit = { customer: string; return_url: string; configuration?: string };

/** Straight to a new card and back; to the front page where the portal's configuration has no such way. */
async function openAtCard(visit: Visit) {
  const { sessions } = stripe().billingPortal;
  const { return_url } = visit;
  try {
    const after_completion = { type: "redirect", redirect: { return_url } } as const;
    return await sessions.create({
      ...visit,
      flow_data: { type: "payment_method_update", after_completion },
    });
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError) return sessions.create(visit);
    throw error;
  }
}
