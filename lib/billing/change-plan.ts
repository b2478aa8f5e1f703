import "server-only";
import type Stripe from "stripe";
import { z } from "zod";
import { getUserOrThrow } from "@/lib/auth/get-user";
import { requireBilling } from "@/lib/billing/billing-enabled";
import { findPrice } from "@/lib/billing/find-price";
import { changedItems, isNew, type PreparedChange, prepareChange } from "@/lib/billing/prepare-change";
import {
  askForChange,
  isEnding,
  movedOn,
  paidInvoice,
  paymentPage,
  releaseSchedule,
} from "@/lib/billing/stripe-subscription";
import { takeTurn } from "@/lib/billing/take-turn";
import { readWantedPlan } from "@/lib/billing/wanted-plan";
import { AppError } from "@/lib/errors";
import { askStripe, stripe } from "@/lib/stripe";
import { idOf } from "@/supabase/functions/_shared/stripe-fields";

export const Change = z
  .union([
    z.object({
      is: z.literal("changed"),
      invoice: z.string().nullable().describe("What was paid for the change, if anything was."),
    }),
    z.object({ is: z.literal("scheduled") }),
    z.object({ is: z.literal("confirm"), url: z.url() }),
  ])
  .describe("`confirm`: nothing has changed yet, the user pays or confirms at `url`, which is Stripe's.");
export type Change = z.infer<typeof Change>;

const Token = z.string().regex(/^[0-9a-f]{32}\.\d{1,12}$/);
const LASTS_SECONDS = 3600;

/** Makes the change that `previewChange` showed, once: where it is made already it only says so. */
export async function changePlan(wanted: unknown, token: unknown): Promise<Change> {
  const user = await getUserOrThrow();
  const plan = readWantedPlan(wanted);
  const shown = Token.safeParse(token);
  if (!shown.success) throw new AppError("invalid", "previewToken");
  requireBilling(user.id);
  await takeTurn(user.id, "plan");
  const change = await prepareChange(user.id, plan);
  if (change.happens === "nothing")
    return (await changedItems(change)).length > 0 ? { is: "scheduled" } : { is: "changed", invoice: null };
  const from = prorationDate(change, shown.data);
  const subscription = await askStripe(stripe().subscriptions.retrieve(change.subscription));
  if (!isAsKnown(change, subscription)) throw movedOn();
  return change.happens === "now"
    ? changeNow(change, subscription, from)
    : scheduleChange(change, subscription);
}

/** Prorated is from the second that was shown: it lies behind us, so that nobody pays for less than what they get. */
function prorationDate({ state, asOf }: PreparedChange, token: string): number {
  const [shown, seconds] = token.split(".");
  const from = Number(seconds);
  if (shown !== state || from > asOf || from < asOf - LASTS_SECONDS) throw movedOn();
  return from;
}

/** Is what Stripe has what the database decided by? Its webhook may not have come yet. One that ends is not changed. */
function isAsKnown({ items }: PreparedChange, subscription: Stripe.Subscription): boolean {
  const { data } = subscription.items;
  const known = items.flatMap(({ id, now }) => (id && now ? [`${id} ${now.price_key} ${now.quantity}`] : []));
  const present = data.map(({ id, price, quantity }) => `${id} ${price.metadata.price} ${quantity ?? 1}`);
  return !isEnding(subscription) && known.sort().join() === present.sort().join();
}

/**
 * The key is what the change leaves, not what it makes: of two tabs one leaves it, and the other's request is the same, or
 * refused. A ticket is another as soon as Stripe has told of anything.
 */
async function changeNow(
  change: PreparedChange,
  subscription: Stripe.Subscription,
  from: number,
): Promise<Change> {
  const items = await changedItems(change);
  await releaseSchedule(subscription);
  if (items.length === 0) return { is: "changed", invoice: null };
  const params: Stripe.SubscriptionUpdateParams = {
    items,
    proration_behavior: "always_invoice",
    proration_date: from,
    payment_behavior: "pending_if_incomplete",
    expand: ["latest_invoice"],
  };
  const idempotencyKey = `change:${subscription.id}:${change.ticket}`;
  const changed = await askForChange(
    stripe().subscriptions.update(subscription.id, params, { idempotencyKey }),
  );
  return changed.pending_update
    ? { is: "confirm", url: await paymentPage(changed) }
    : { is: "changed", invoice: paidInvoice(changed) };
}

/**
 * A subscription has one schedule: the second of two tabs is refused, and a further change replaces what waits. A phase
 * has only what it is given, discounts too.
 */
async function scheduleChange(change: PreparedChange, subscription: Stripe.Subscription): Promise<Change> {
  const items = await scheduledItems(change, subscription);
  const { subscriptionSchedules } = stripe();
  const known = idOf(subscription.schedule);
  const schedule = await askForChange(
    known
      ? subscriptionSchedules.retrieve(known)
      : subscriptionSchedules.create({ from_subscription: subscription.id }),
  );
  const now = subscription.items.data.map(({ price, quantity }) => ({
    price: price.id,
    quantity: quantity ?? 1,
  }));
  const discounts = subscription.discounts.map((one) => ({ discount: idOf(one) }));
  const end = Date.parse(change.startsAt) / 1000;
  const start = schedule.current_phase?.start_date;
  await askForChange(
    subscriptionSchedules.update(schedule.id, {
      end_behavior: "release",
      proration_behavior: "none",
      phases: [
        { items: now, discounts, ...(start !== undefined && { start_date: start }), end_date: end },
        { items, discounts, proration_behavior: "none" },
      ],
    }),
  );
  return { is: "scheduled" };
}

/** The whole of what will be there. What stays keeps its price, also one that is no longer sold. */
async function scheduledItems({ items }: PreparedChange, { items: { data } }: Stripe.Subscription) {
  return Promise.all(
    items
      .filter(({ quantity }) => quantity > 0)
      .map(async (item) => {
        const kept = isNew(item) ? undefined : data.find(({ id }) => id === item.id);
        return { price: kept?.price.id ?? (await findPrice(item.offer)), quantity: item.quantity };
      }),
  );
}
