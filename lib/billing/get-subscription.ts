import "server-only";
import { z } from "zod";
import { AppError } from "@/lib/errors";

const SubscriptionItem = z.object({
  lookupKey: z.string(),
  name: z.string(),
  isAddOn: z.boolean(),
  quantity: z.int(),
  maxQuantity: z.int(),
  priceCents: z.int().describe("Of one piece, for one interval."),
  currency: z.string(),
  interval: z.enum(["month", "year"]),
});
export type SubscriptionItem = z.infer<typeof SubscriptionItem>;

export const SubscriptionDetails = z.object({
  id: z.string(),
  status: z.string().describe("Stripe's word."),
  items: z.array(SubscriptionItem).describe("The plan first, then the add-ons."),
  scheduled: z
    .object({ at: z.iso.datetime(), items: z.array(SubscriptionItem) })
    .nullable()
    .describe("What it becomes when the paid period is over, where a change waits for that."),
  periodEnd: z.iso.datetime(),
  pausedAt: z.iso.datetime().nullable(),
  endsAt: z.iso.datetime().nullable().describe("Set once it is cancelled: it works until then."),
  trialEndsAt: z.iso.datetime().nullable().describe("Set while Stripe charges nothing yet."),
});
export type SubscriptionDetails = z.infer<typeof SubscriptionDetails>;

/** What does the signed-in user subscribe to? Null where Stripe will charge nothing again. */
export async function getSubscription(): Promise<SubscriptionDetails | null> {
  throw new AppError("unavailable");
}
