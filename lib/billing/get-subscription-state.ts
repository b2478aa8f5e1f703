import "server-only";
import { z } from "zod";
import { getOverview } from "@/lib/billing/get-overview";
import { getSubscription, SubscriptionDetails } from "@/lib/billing/get-subscription";

export const SubscriptionState = z.object({
  has_active_subscription: z
    .boolean()
    .describe("There is a plan that gives something now, paid for or on trial."),
  subscription: SubscriptionDetails.nullable().describe("Null where Stripe will charge nothing again."),
});

/** Is there a plan now, and what will Stripe charge for? */
export async function getSubscriptionState(): Promise<z.infer<typeof SubscriptionState>> {
  const [{ plan, trial }, subscription] = await Promise.all([getOverview(), getSubscription()]);
  return { has_active_subscription: plan ? !plan.isOnHold : trial !== null, subscription };
}
