import type Stripe from "stripe";
import { createSchedule, newPhase } from "../billing/new-schedule.ts";
import type { Prorations } from "../billing/plan-change.ts";
import { changePlan, releaseSchedule, saveSchedule } from "../billing/schedules.ts";
import type { SchedulePhase, Subscription, SubscriptionSchedule } from "../engine/billing-types.ts";
import { invalid } from "../engine/errors.ts";
import { mergeMetadata, need } from "../engine/fields.ts";
import { route } from "../engine/route.ts";
import { nextPeriodEnd } from "../engine/time.ts";
import type { Interval } from "../engine/types.ts";
import type { Call, Work } from "../engine/work.ts";
import { positive, recurringPrice } from "./subscription-changes.ts";
import { changeable } from "./subscriptions.ts";

type UpdateParams = Stripe.SubscriptionScheduleUpdateParams;
type Phase = Stripe.SubscriptionScheduleUpdateParams.Phase;

export const subscriptionScheduleRoutes = [
  route<Stripe.SubscriptionScheduleCreateParams>(
    "post /v1/subscription_schedules",
    ["from_subscription", "metadata"],
    async (call) => {
      const id = need(call.params.from_subscription, "from_subscription");
      const subscription = await changeable(call, id);
      if (subscription.schedule !== null)
        throw invalid(
          `You cannot migrate a subscription that is already attached to a schedule: ${subscription.schedule}.`,
        );
      if (subscription.status === "paused" || subscription.pending_update)
        throw invalid("A subscription that is paused, or has a pending update, gets no schedule.");
      return createSchedule(call, subscription, mergeMetadata({}, call.params.metadata));
    },
  ),
  route("get /v1/subscription_schedules/{schedule}", [], ({ state, id }) =>
    state.get("subscription_schedule", id),
  ),
  route<UpdateParams>(
    "post /v1/subscription_schedules/{schedule}",
    [
      ...["phases.items.price", "phases.items.quantity", "phases.start_date", "phases.end_date"],
      ...["phases.duration.interval", "phases.duration.interval_count", "phases.proration_behavior"],
      ...["phases.discounts.discount", "phases.metadata"],
      ...["end_behavior", "metadata", "proration_behavior"],
    ],
    updateSchedule,
  ),
  route("post /v1/subscription_schedules/{schedule}/release", [], async (call) =>
    releaseSchedule(call, await active(call)),
  ),
];

async function updateSchedule(call: Call<UpdateParams>): Promise<SubscriptionSchedule> {
  const { params, state } = call;
  const schedule = await active(call);
  const subscription = await state.get("subscription", String(schedule.subscription));
  const phases = params.phases ? await readPhases(call, schedule, subscription) : schedule.phases;
  const current = phases.find((phase) => phase.start_date <= call.at && call.at < phase.end_date);
  if (!current) throw invalid("The phases must include the current one.", "phases");
  const { start_date, end_date } = current;
  const saved = await saveSchedule(call, schedule, {
    ...schedule,
    current_phase: { start_date, end_date },
    end_behavior: (params.end_behavior ?? schedule.end_behavior) as SubscriptionSchedule["end_behavior"],
    metadata: mergeMetadata(schedule.metadata, params.metadata ?? undefined),
    phases,
  });
  const prorations = (params.proration_behavior ?? "create_prorations") as Prorations;
  await changePlan(call, subscription, current, prorations);
  return saved;
}

/** One after the other without a gap; the first begins where the current one did. */
async function readPhases(
  call: Call<UpdateParams>,
  schedule: SubscriptionSchedule,
  subscription: Subscription,
): Promise<SchedulePhase[]> {
  const phases: SchedulePhase[] = [];
  for (const [index, given] of (call.params.phases ?? []).entries()) {
    const name = `phases[${index}]`;
    const before = phases.at(-1)?.end_date;
    const start = before ?? schedule.current_phase?.start_date ?? call.at;
    if (given.start_date !== undefined && dateOf(given.start_date, call.at) !== start)
      throw invalid(`This phase must start at ${start}.`, `${name}[start_date]`);
    const items = [];
    for (const [place, item] of given.items.entries()) {
      const param = `${name}[items][${place}]`;
      const price = await recurringPrice(call, need(item.price, `${param}[price]`), `${param}[price]`);
      items.push({ price, quantity: positive(item.quantity ?? 1, `${param}[quantity]`) });
    }
    const recurring = items[0]?.price.recurring;
    const end = endOf(given, start, call.at, recurring ?? undefined);
    if (end <= Math.max(start, call.at))
      throw invalid("A phase must end after it starts, in the future.", `${name}[end_date]`);
    phases.push(
      newPhase(subscription, {
        items: items.map(({ price, quantity }) => ({ price: price.id, quantity })),
        start,
        end,
        prorations: (given.proration_behavior ?? "create_prorations") as Prorations,
        metadata: mergeMetadata({}, given.metadata),
        discounts: await readDiscounts(call, given, subscription, `${name}[discounts]`),
      }),
    );
  }
  return phases;
}

/** Of those that the subscription has. */
async function readDiscounts({ state }: Work, { discounts }: Phase, { id }: Subscription, name: string) {
  const found: string[] = [];
  for (const [place, { discount }] of (discounts || []).entries()) {
    const param = `${name}[${place}][discount]`;
    const { subscription } = await state.get("discount", need(discount, param), param);
    if (subscription !== id) throw invalid("This discount is another subscription's.", param);
    found.push(need(discount, param));
  }
  return found;
}

type Recurring = { interval: Interval; interval_count: number };

/** Where its end is not given a phase is as long as its duration says, or one interval of its price. */
function endOf(given: Phase, start: number, at: number, recurring?: Recurring): number {
  if (given.end_date !== undefined) return dateOf(given.end_date, at);
  const interval = (given.duration?.interval ?? recurring?.interval ?? "month") as Interval;
  const count = given.duration ? (given.duration.interval_count ?? 1) : (recurring?.interval_count ?? 1);
  return nextPeriodEnd(start, start, interval, count);
}

const dateOf = (date: number | "now", at: number): number => (date === "now" ? at : date);

async function active({ state, id }: Call<unknown>): Promise<SubscriptionSchedule> {
  const schedule = await state.get("subscription_schedule", id);
  if (schedule.status !== "active")
    throw invalid(
      `You cannot change a subscription schedule that is currently in the \`${schedule.status}\` status.`,
    );
  return schedule;
}
