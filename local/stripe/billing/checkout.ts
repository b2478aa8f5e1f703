import { missingResource } from "../engine/errors.ts";
import { emit } from "../engine/events.ts";
import { day } from "../engine/time.ts";
import type { CheckoutSession, LineItem, PaymentMethod, SessionOrder } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";
import { createCustomer } from "../resources/customers.ts";
import { type CardForm, type CardProblem, readCard, storeCard } from "./cards.ts";
import { collect, collectOffSession } from "./collect.ts";
import { startSubscription } from "./new-subscription.ts";
import { charge, createPayment } from "./payments.ts";

/** The session as it now is, or why the card was not taken. */
export type Payment = { session: CheckoutSession } | { problem: CardProblem };

/** Pays an open session with a card: all of it, or nothing and a sentence for the customer. */
export async function paySession(work: Work, id: string, form: CardForm): Promise<Payment> {
  const { state, at } = work;
  const stored = await state.load("checkout.session", id);
  if (!stored) throw missingResource("checkout.session", id);
  const { body: session, hidden } = stored;
  if (session.status !== "open") return { session };
  if (session.expires_at <= at) return { session: await expireSession(work, session) };
  const card = asksForCard(session) || form.number ? readCard(form, at) : null;
  if (card && "message" in card) return { problem: card };
  const items = await itemsOf(work, id);
  const customer = session.customer ?? (await newCustomer(work, session));
  // A card that pays once is not kept with its customer.
  const owner = session.mode === "subscription" ? customer : null;
  const method = card && (await storeCard(work, card, owner));
  const bought =
    session.mode === "subscription" && customer
      ? await buySubscription(work, { session, order: hidden.order, items, customer, method })
      : await buyOnce(work, { session, order: hidden.order, customer, method });
  const paid = await state.save<CheckoutSession>({
    ...session,
    ...bought,
    customer,
    payment_status: session.amount_total === 0 ? "no_payment_required" : "paid",
    status: "complete",
    url: null,
  });
  await state.setDue(id, null);
  await emit(work, "checkout.session.completed", paid);
  return { session: paid };
}

/** Where nothing is due today a card may not be asked for. */
export const asksForCard = ({
  amount_total: total,
  payment_method_collection: collection,
}: CheckoutSession) => total > 0 || collection !== "if_required";

export async function expireSession(work: Work, session: CheckoutSession): Promise<CheckoutSession> {
  const expired = await work.state.save<CheckoutSession>({ ...session, status: "expired", url: null });
  await work.state.setDue(session.id, null);
  await emit(work, "checkout.session.expired", expired);
  return expired;
}

export const itemsOf = (work: Work, session: string): Promise<LineItem[]> =>
  work.state.list("item", { hidden: { session } }, { limit: 100, oldestFirst: true });

type Purchase = {
  session: CheckoutSession;
  order: SessionOrder;
  method: PaymentMethod | null;
};

async function buySubscription(
  work: Work,
  { session, order, items, customer, method }: Purchase & { items: LineItem[]; customer: string },
): Promise<{ subscription: string; invoice: string | null }> {
  const { trial_period_days: days, trial_end: trialEnd } = order;
  const subscription = await startSubscription(
    work,
    {
      customer,
      currency: session.currency,
      items: items.map(({ price, quantity }) => ({ price, quantity })),
      metadata: order.subscription_metadata,
      description: order.subscription_description,
      paymentMethod: method?.id ?? null,
      trialEnd: days === null ? trialEnd : work.at + days * day,
      missingMethod: order.missing_payment_method,
    },
    (invoice) => (method ? collect(work, invoice, method, "pays") : collectOffSession(work, invoice)),
  );
  return { subscription: subscription.id, invoice: subscription.latest_invoice };
}

async function buyOnce(
  work: Work,
  { session, order, customer, method }: Purchase & { customer: string | null },
): Promise<{ payment_intent: string | null }> {
  if (session.amount_total === 0 || !method) return { payment_intent: null };
  const payment = await createPayment(work, {
    amount: session.amount_total,
    currency: session.currency,
    customer,
    metadata: order.payment_metadata,
    description: order.payment_description,
  });
  await charge(work, payment, method, "pays");
  return { payment_intent: payment.id };
}

/** A subscription needs a customer; a single payment by a guest has none. */
async function newCustomer(work: Work, session: CheckoutSession): Promise<string | null> {
  if (session.mode !== "subscription") return null;
  const params = session.customer_email ? { email: session.customer_email } : {};
  return (await createCustomer({ ...work, params })).id;
}
