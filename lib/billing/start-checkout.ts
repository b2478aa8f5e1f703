import "server-only";
import type Stripe from "stripe";
import { z } from "zod";
import { getUserOrThrow } from "@/lib/auth/get-user";
import { requireBilling } from "@/lib/billing/billing-enabled";
import { findPrice } from "@/lib/billing/find-price";
import { takeTurn } from "@/lib/billing/take-turn";
import { AppError } from "@/lib/errors";
import { siteAddress } from "@/lib/site-address";
import { askStripe, stripe } from "@/lib/stripe";
import { maybe, rows, value } from "@/lib/supabase/rows";
import { serviceClient } from "@/lib/supabase/server";
import { text } from "@/lib/text";

// Strict: a body that states a price or an amount is refused, not ignored.
export const Order = z.strictObject({ lookup_key: text(100) });
const Intent = z.string().regex(/^[\w-]{8,64}$/);

/** Opens a Checkout session for a plan or a pack; the same intent always gives the same session. */
export async function startCheckout(order: unknown, intent: unknown): Promise<{ url: string }> {
  const user = await getUserOrThrow();
  const parsed = Order.safeParse(order);
  const key = Intent.safeParse(intent);
  if (!parsed.success || !key.success) throw new AppError("invalid", "offerKeyOnly");
  requireBilling(user.id);
  await takeTurn(user.id, "checkout");
  const offer = await prepareCheckout(user.id, parsed.data.lookup_key);
  const customer = offer.customer_id ?? (await createCustomer(user.id, offer));
  const price = await findPrice(offer);
  const firstCharge = unixSeconds(maybe(offer.trial_end));
  const session = await createSession(
    sessionParams(offer, { accountId: user.id, customer, price, firstCharge }),
    `checkout:${customer}:${offer.price_key}:${key.data}${firstCharge ? `:${firstCharge}` : ""}`,
  );
  if (!session.url) throw new AppError("unavailable", "noPaymentPage");
  if (offer.kind === "plan") await expireOtherPlans(customer, session);
  return { url: session.url };
}

async function prepareCheckout(accountId: string, lookupKey: string) {
  const supabase = serviceClient();
  const [offer] = await rows(
    supabase.rpc("prepare_checkout", { account_id: accountId, lookup_key: lookupKey }),
  );
  if (!offer) throw new AppError("unknown", "offerGone");
  return { ...offer, lookup_key: lookupKey };
}

type Prepared = Awaited<ReturnType<typeof prepareCheckout>>;

/**
 * The customer is linked before a session exists, so that no event can arrive for a stranger. Stripe answers a key for a
 * day, also when the customer has been deleted since: then the key is another.
 */
async function createCustomer(accountId: string, { email, former_customers }: Prepared): Promise<string> {
  const created = await askStripe(
    stripe().customers.create(
      { email, metadata: { account_id: accountId } },
      { idempotencyKey: `customer:${accountId}:${former_customers}` },
    ),
  );
  const link = { account_id: accountId, customer_id: created.id };
  const linked = await value(serviceClient().rpc("link_customer", link));
  if (!linked) throw new AppError("unavailable", undefined, { cause: `${created.id} was not linked` });
  return linked;
}

/** `firstCharge`: when the trial ends that the plan goes on with, in Stripe's seconds; null: it is charged at once. */
type SessionOf = { accountId: string; customer: string; price: string; firstCharge: number | null };

function sessionParams(
  offer: Prepared,
  { accountId, customer, price, firstCharge }: SessionOf,
): Stripe.Checkout.SessionCreateParams {
  const metadata = { account_id: accountId };
  return {
    customer,
    client_reference_id: accountId,
    metadata,
    line_items: [{ price, quantity: 1 }],
    // Stripe fills in the braces, so they must not be escaped.
    success_url: `${siteAddress("/checkout/return")}?session_id={CHECKOUT_SESSION_ID}`,
    cancel_url: siteAddress("/checkout/cancelled", { plan: offer.lookup_key }),
    ...(offer.kind === "pack"
      ? { mode: "payment", payment_intent_data: { metadata } }
      : {
          mode: "subscription",
          subscription_data: { metadata, ...(firstCharge !== null && { trial_end: firstCharge }) },
        }),
    ...settingsOf(offer),
  };
}

/** What the owner has set; where tax depends on the address, the address that is typed is the customer's from then on. */
function settingsOf(offer: Prepared): Partial<Stripe.Checkout.SessionCreateParams> {
  const asksForAddress = offer.automatic_tax || offer.collect_tax_ids;
  return {
    ...(offer.allow_promotion_codes && { allow_promotion_codes: true }),
    ...(offer.automatic_tax && { automatic_tax: { enabled: true } }),
    ...(offer.collect_tax_ids && { tax_id_collection: { enabled: true } }),
    ...(asksForAddress && {
      billing_address_collection: "required",
      customer_update: { address: "auto", name: "auto" },
    }),
  };
}

/** An intent whose session is over (it was paid, and the browser brought the page back) opens a new one. */
async function createSession(params: Stripe.Checkout.SessionCreateParams, idempotencyKey: string) {
  const { sessions } = stripe().checkout;
  const session = await askStripe(sessions.create(params, { idempotencyKey }));
  if (session.lastResponse.headers["idempotent-replayed"] !== "true") return session;
  const now = await askStripe(sessions.retrieve(session.id));
  if (now.status === "open") return now;
  return askStripe(sessions.create(params, { idempotencyKey: `${idempotencyKey}:after:${now.id}` }));
}

/**
 * A plan left open in another tab cannot be paid beside this one: that would be a second subscription. Two that are
 * opened in the same instant may end each other; then nothing is charged, and the next try has the field to itself.
 */
async function expireOtherPlans(customer: string, session: Stripe.Checkout.Session): Promise<void> {
  const { sessions } = stripe().checkout;
  const { data } = await askStripe(sessions.list({ customer, status: "open", limit: 100 }));
  const others = data.filter(({ id, mode }) => mode === "subscription" && id !== session.id);
  await Promise.all(others.map(({ id }) => askStripe(sessions.expire(id))));
}

const unixSeconds = (time: string | null) => (time === null ? null : Date.parse(time) / 1000);
