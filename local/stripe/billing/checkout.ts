import type { CheckoutSession, LineItem, SessionOrder } from "../engine/checkout-types.ts";
import { isStripeError, missingResource } from "../engine/errors.ts";
import { emit } from "../engine/events.ts";
import { day } from "../engine/time.ts";
import type { PaymentMethod } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";
import { createCustomer } from "../resources/customers.ts";
import { charged, sumOf } from "./amounts.ts";
import { collect, collectOffSession } from "./collect.ts";
import { countRedemption, findCode, type Reduction, redeemable } from "./discounts.ts";
import { startSubscription } from "./new-subscription.ts";
import { charge, createPayment } from "./payments.ts";
import { type FormProblem, type MethodForm, readMethod, storeTyped } from "./typed-method.ts";

/** The session as it now is, or why the card or account was not taken. */
export type Payment = { session: CheckoutSession } | { problem: FormProblem };

/** Pays an open session: all of it, now or when the bank has answered, or nothing and a sentence for the customer. */
export async function paySession(work: Work, id: string, form: MethodForm): Promise<Payment> {
  const { state, at } = work;
  const stored = await state.load("checkout.session", id);
  if (!stored) throw missingResource("checkout.session", id);
  const { body: session, hidden } = stored;
  if (session.status !== "open") return { session };
  if (session.expires_at <= at) return { session: await expireSession(work, session) };
  const isTyped = "account" in form || form.number !== "";
  const typed = isTyped || asksForMethod(session) ? readMethod(form, at) : null;
  if (typed && "message" in typed) return { problem: typed };
  const items = await itemsOf(work, id);
  const [reduction] = session.discounts;
  if (reduction) await countRedemption(work, reduction);
  if (session.customer) await state.get("customer", session.customer);
  const customer = session.customer ?? (await newCustomer(work, session));
  // What pays once is not kept with its customer.
  const owner = session.mode === "subscription" ? customer : null;
  const method = typed && (await storeTyped(work, typed, owner));
  const bought =
    session.mode === "subscription" && customer
      ? await buySubscription(work, { session, order: hidden.order, items, customer, method })
      : await buyOnce(work, { session, order: hidden.order, customer, method });
  const paid = await state.save<CheckoutSession>({
    ...session,
    ...bought,
    customer,
    status: "complete",
    url: null,
  });
  await state.setDue(id, null);
  await emit(work, "checkout.session.completed", paid);
  return { session: paid };
}

/** What is sold in a session, and its totals, after a discount and with tax. */
export async function priceSession(
  { state }: Work,
  items: LineItem[],
  [reduction]: Reduction[],
  isTaxed: boolean,
) {
  const coupon = reduction ? await state.get("coupon", reduction.coupon) : null;
  const charges = items.map(({ amount_subtotal: amount, price }) => ({
    ...{ amount, price },
    isDiscountable: true,
  }));
  const all = charged(charges, coupon, isTaxed);
  return {
    items: items.map((item, at): LineItem => {
      const { discount, tax, total } = all[at] ?? { discount: 0, tax: 0, total: item.amount_subtotal };
      return { ...item, amount_discount: discount, amount_tax: tax, amount_total: total };
    }),
    amount_subtotal: sumOf(items, (item) => item.amount_subtotal),
    amount_total: sumOf(all, ({ total }) => total),
    total_details: {
      amount_discount: sumOf(all, ({ discount }) => discount),
      amount_shipping: 0,
      amount_tax: sumOf(all, ({ tax }) => tax),
    },
  };
}

/** What a customer types on the page; answers why it was not taken. */
export async function redeemCode(work: Work, id: string, code: string): Promise<string | null> {
  const { state } = work;
  const session = await state.get("checkout.session", id);
  if (session.status !== "open" || !session.allow_promotion_codes) return null;
  const reduction = await findCode(work, code);
  if (!reduction) return "This code is invalid.";
  try {
    await redeemable(work, reduction, session.currency);
  } catch (error) {
    if (isStripeError(error)) return error.message;
    throw error;
  }
  const { items, ...totals } = await priceSession(
    work,
    await itemsOf(work, id),
    [reduction],
    session.automatic_tax.enabled,
  );
  for (const item of items) await state.save(item);
  await state.save<CheckoutSession>({ ...session, ...totals, discounts: [reduction] });
  return null;
}

/** Where nothing is due today a way to pay may not be asked for. */
export const asksForMethod = (session: CheckoutSession) =>
  session.amount_total > 0 || session.payment_method_collection !== "if_required";

export async function expireSession(work: Work, session: CheckoutSession): Promise<CheckoutSession> {
  const expired = await work.state.save<CheckoutSession>({ ...session, status: "expired", url: null });
  await work.state.setDue(session.id, null);
  await emit(work, "checkout.session.expired", expired);
  return expired;
}

export const itemsOf = (work: Work, session: string): Promise<LineItem[]> =>
  work.state.list("item", { hidden: { session } }, { limit: 100, oldestFirst: true });

type Bought = Pick<CheckoutSession, "payment_status">;
type Purchase = {
  session: CheckoutSession;
  order: SessionOrder;
  method: PaymentMethod | null;
};

async function buySubscription(
  work: Work,
  { session, order, items, customer, method }: Purchase & { items: LineItem[]; customer: string },
): Promise<Bought & { subscription: string; invoice: string | null }> {
  const { trial_period_days: days, trial_end: trialEnd } = order;
  const { subscription, invoice } = await startSubscription(
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
      reduction: session.discounts[0] ?? null,
      isTaxed: session.automatic_tax.enabled,
    },
    (first) => (method ? collect(work, first, method, "pays", "hand") : collectOffSession(work, first)),
  );
  return {
    subscription: subscription.id,
    invoice: invoice.id,
    payment_status:
      session.amount_total === 0 ? "no_payment_required" : invoice.status === "paid" ? "paid" : "unpaid",
  };
}

async function buyOnce(
  work: Work,
  { session, order, customer, method }: Purchase & { customer: string | null },
): Promise<Bought & { payment_intent: string | null }> {
  if (session.amount_total === 0 || !method)
    return { payment_intent: null, payment_status: "no_payment_required" };
  const payment = await createPayment(work, {
    amount: session.amount_total,
    currency: session.currency,
    customer,
    metadata: order.payment_metadata,
    description: order.payment_description,
  });
  const { status } = await charge(work, payment, method, "pays");
  return { payment_intent: payment.id, payment_status: status === "succeeded" ? "paid" : "unpaid" };
}

/** A subscription needs a customer; a single payment by a guest has none. */
async function newCustomer(work: Work, session: CheckoutSession): Promise<string | null> {
  if (session.mode !== "subscription") return null;
  const params = session.customer_email ? { email: session.customer_email } : {};
  return (await createCustomer({ ...work, params })).id;
}
