import type Stripe from "stripe";
import type { Coupon, PromotionCode } from "../engine/billing-types.ts";
import { invalid } from "../engine/errors.ts";
import { emit } from "../engine/events.ts";
import { mergeMetadata, need } from "../engine/fields.ts";
import { newId, randomText } from "../engine/ids.ts";
import { listPage, paging } from "../engine/lists.ts";
import { route } from "../engine/route.ts";
import type { Call } from "../engine/work.ts";

export const couponRoutes = [
  route(
    "post /v1/coupons",
    [
      ...["id", "name", "percent_off", "amount_off", "currency", "duration", "duration_in_months"],
      ...["max_redemptions", "redeem_by", "metadata"],
    ],
    createCoupon,
  ),
  route<Stripe.CouponListParams>("get /v1/coupons", [...paging, "created"], (call) =>
    listPage(call, "coupon", {}),
  ),
  route(
    "post /v1/promotion_codes",
    ["promotion.type", "promotion.coupon", "code", "active", "max_redemptions", "expires_at", "metadata"],
    createPromotionCode,
  ),
  route<Stripe.PromotionCodeListParams>(
    "get /v1/promotion_codes",
    [...paging, "created", "active", "code"],
    (call) => {
      const { active, code } = call.params;
      return listPage(call, "promotion_code", {
        body: { ...(active !== undefined && { active }), ...(code && { code }) },
      });
    },
  ),
];

async function createCoupon(call: Call<Stripe.CouponCreateParams>): Promise<Coupon> {
  const { params, state, at } = call;
  const { percent_off: percent, amount_off: amount, duration = "once" } = params;
  if ((percent === undefined) === (amount === undefined))
    throw invalid("You must pass either percent_off or amount_off.", "percent_off");
  if (percent !== undefined && (percent <= 0 || percent > 100))
    throw invalid("percent_off must be above 0 and at most 100.", "percent_off");
  if (amount !== undefined) need(params.currency, "currency");
  if (duration === "repeating") need(params.duration_in_months, "duration_in_months");
  if (params.id && (await state.findAny(params.id)))
    throw invalid("Coupon already exists.", "id", "resource_already_exists");
  const coupon: Coupon = {
    id: params.id || randomText(8),
    object: "coupon",
    amount_off: amount ?? null,
    created: at,
    currency: amount === undefined ? null : (params.currency ?? null),
    duration: duration as Coupon["duration"],
    duration_in_months: params.duration_in_months ?? null,
    livemode: false,
    max_redemptions: params.max_redemptions ?? null,
    metadata: mergeMetadata({}, params.metadata),
    name: params.name || null,
    percent_off: percent ?? null,
    redeem_by: params.redeem_by ?? null,
    times_redeemed: 0,
    valid: true,
  };
  await state.insert(coupon);
  await emit(call, "coupon.created", coupon);
  return coupon;
}

async function createPromotionCode(call: Call<Stripe.PromotionCodeCreateParams>): Promise<PromotionCode> {
  const { params, state, at } = call;
  const id = need(params.promotion.coupon, "promotion[coupon]");
  const coupon = await state.get("coupon", id, "promotion[coupon]");
  const code = params.code || randomText(8).toUpperCase();
  const [taken] = await state.list("promotion_code", { body: { code, active: true } });
  if (taken) throw invalid("An active promotion code with this code already exists.", "code");
  const made: PromotionCode = {
    id: newId("promo", 24),
    object: "promotion_code",
    active: params.active ?? true,
    code,
    created: at,
    customer: null,
    customer_account: null,
    expires_at: params.expires_at ?? null,
    livemode: false,
    max_redemptions: params.max_redemptions ?? null,
    metadata: mergeMetadata({}, params.metadata),
    promotion: { coupon: coupon.id, type: "coupon" },
    restrictions: { first_time_transaction: false, minimum_amount: null, minimum_amount_currency: null },
    times_redeemed: 0,
  };
  await state.insert(made);
  await emit(call, "promotion_code.created", made);
  return made;
}
