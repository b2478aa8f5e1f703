import type Stripe from "stripe";
import { type Reduction, redeemable } from "../billing/discounts.ts";
import { invalid } from "../engine/errors.ts";
import type { Call } from "../engine/work.ts";

type Params = Stripe.Checkout.SessionCreateParams;

/** What the shop takes off, by a coupon or a code; one thing at most. */
export async function readDiscounts(call: Call<Params>, currency: string): Promise<Reduction[]> {
  const { discounts = [], allow_promotion_codes: isAsked } = call.params;
  if (discounts.length > 0 && isAsked !== undefined)
    throw invalid(
      "You may only specify one of these parameters: allow_promotion_codes, discounts.",
      "discounts",
    );
  if (discounts.length > 1) throw invalid("You can pass one discount at most.", "discounts");
  const reductions: Reduction[] = [];
  for (const { coupon, promotion_code: code } of discounts) {
    if ((coupon === undefined) === (code === undefined))
      throw invalid("You must pass either a coupon or a promotion code.", "discounts[0]");
    const of = code && (await call.state.get("promotion_code", code, "discounts[0][promotion_code]"));
    const reduction = of
      ? { coupon: of.promotion.coupon, promotion_code: of.id }
      : { coupon: coupon ?? "", promotion_code: null };
    await redeemable(call, reduction, currency);
    reductions.push(reduction);
  }
  return reductions;
}
