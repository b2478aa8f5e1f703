import type { Coupon, Discount, PromotionCode, Subscription } from "../engine/billing-types.ts";
import { invalid } from "../engine/errors.ts";
import { emit } from "../engine/events.ts";
import { newId } from "../engine/ids.ts";
import { addMonths } from "../engine/time.ts";
import type { Work } from "../engine/work.ts";

/** What is taken off, and by which code it was asked for. */
export type Reduction = { coupon: string; promotion_code: string | null };

/** Whether it can be redeemed now; the sentence is the one that a customer reads. */
export async function redeemable(work: Work, given: Reduction, currency: string): Promise<Coupon> {
  const coupon = await work.state.get("coupon", given.coupon, "discounts[0][coupon]");
  const code = given.promotion_code
    ? await work.state.get("promotion_code", given.promotion_code, "discounts[0][promotion_code]")
    : null;
  const isOver = (one: Coupon | PromotionCode, end: number | null) =>
    (end !== null && end <= work.at) ||
    (one.max_redemptions !== null && one.times_redeemed >= one.max_redemptions);
  if (isOver(coupon, coupon.redeem_by) || (code && (!code.active || isOver(code, code.expires_at))))
    throw invalid("This code is expired.", "discounts");
  if (coupon.currency !== null && coupon.currency !== currency)
    throw invalid("This code is for another currency.", "discounts");
  return coupon;
}

/** The reduction that a customer's code stands for. */
export async function findCode({ state }: Work, code: string): Promise<Reduction | null> {
  const codes = await state.list("promotion_code", { body: { active: true } });
  const found = codes.find((one) => one.code.toLowerCase() === code.trim().toLowerCase());
  return found ? { coupon: found.promotion.coupon, promotion_code: found.id } : null;
}

export async function countRedemption({ state }: Work, { coupon, promotion_code }: Reduction): Promise<void> {
  const of = await state.get("coupon", coupon);
  await state.save<Coupon>({ ...of, times_redeemed: of.times_redeemed + 1 });
  if (promotion_code === null) return;
  const code = await state.get("promotion_code", promotion_code);
  await state.save<PromotionCode>({ ...code, times_redeemed: code.times_redeemed + 1 });
}

/** A subscription keeps what was redeemed at its beginning for as long as the coupon says. */
export async function startDiscount(
  work: Work,
  subscription: Subscription,
  { coupon: id, promotion_code }: Reduction,
): Promise<Subscription> {
  const { state, at } = work;
  const coupon = await state.get("coupon", id);
  const discount: Discount = {
    id: newId("di", 24),
    object: "discount",
    checkout_session: null,
    customer: subscription.customer,
    customer_account: null,
    end: coupon.duration === "repeating" ? addMonths(at, coupon.duration_in_months ?? 1) : null,
    invoice: null,
    invoice_item: null,
    promotion_code,
    source: { coupon: coupon.id, type: "coupon" },
    start: at,
    subscription: subscription.id,
    subscription_item: null,
  };
  await state.insert(discount);
  await emit(work, "customer.discount.created", discount);
  return state.save<Subscription>({ ...subscription, discounts: [discount.id] });
}

/** What an invoice of now is reduced by. */
export async function discountOf(
  { state, at }: Work,
  { discounts }: Subscription,
): Promise<{ discount: Discount; coupon: Coupon } | null> {
  const [id] = discounts;
  const discount = id && (await state.get("discount", id));
  if (!discount || (discount.end !== null && discount.end <= at)) return null;
  return { discount, coupon: await state.get("coupon", discount.source.coupon) };
}

/** Once is the invoice that the subscription begins with. */
export async function afterFirstInvoice(work: Work, subscription: Subscription): Promise<Subscription> {
  const found = await discountOf(work, subscription);
  if (found?.coupon.duration !== "once") return subscription;
  return work.state.save<Subscription>({ ...subscription, discounts: [] });
}

/** The part of a price that is paid: in a proration the discount is in the amount. */
export async function paidShare(work: Work, subscription: Subscription): Promise<number> {
  const percent = (await discountOf(work, subscription))?.coupon.percent_off ?? 0;
  return 1 - percent / 100;
}
