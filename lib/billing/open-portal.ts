import "server-only";
import { getUserOrThrow } from "@/lib/auth/get-user";
import { takeTurn } from "@/lib/billing/take-turn";
import { AppError } from "@/lib/errors";
import { siteAddress } from "@/lib/site-address";
import { askStripe, stripe } from "@/lib/stripe";
import { rows, value } from "@/lib/supabase/rows";
import { serviceClient } from "@/lib/supabase/server";

/** Where the signed-in user manages or cancels the plan, cards and invoices: Stripe's own pages. */
export async function openPortal(): Promise<{ url: string }> {
  const user = await getUserOrThrow();
  await takeTurn(user.id, "portal");
  const customer = await value(serviceClient().rpc("get_customer", { account_id: user.id }));
  if (!customer) throw new AppError("unknown", "There is nothing to manage yet: nothing was ever bought.");
  const configuration = await findPortal(user.id);
  const return_url = siteAddress("/dashboard/billing");
  const session = await askStripe(
    stripe().billingPortal.sessions.create({
      ...{ customer, return_url },
      ...(configuration && { configuration }),
    }),
  );
  return { url: session.url };
}

/** The one that `npm run stripe:push` made for the account's currency; without it Stripe takes the Dashboard's. */
async function findPortal(accountId: string): Promise<string | undefined> {
  const [account] = await rows(serviceClient().rpc("get_currency", { account_id: accountId }));
  const { data } = await askStripe(stripe().billingPortal.configurations.list({ active: true, limit: 100 }));
  const currency = account?.currency ?? "usd";
  return data.find(({ metadata }) => metadata?.coffer_portal === currency)?.id;
}
