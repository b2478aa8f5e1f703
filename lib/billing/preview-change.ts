import "server-only";
import type Stripe from "stripe";
import { z } from "zod";
import { getUserOrThrow } from "@/lib/auth/get-user";
import { requireBilling } from "@/lib/billing/billing-enabled";
import { changedItems, type PreparedChange, prepareChange } from "@/lib/billing/prepare-change";
import { takeTurn } from "@/lib/billing/take-turn";
import { readWantedPlan } from "@/lib/billing/wanted-plan";
import { AppError } from "@/lib/errors";
import { askStripe, stripe } from "@/lib/stripe";
import { oneRow } from "@/lib/supabase/rows";
import { serviceClient } from "@/lib/supabase/server";
import { lineFacts, readPrices } from "@/supabase/functions/_shared/line-facts";

export const ChangePreview = z.object({
  when: z
    .enum(["now", "period_end", "nothing"])
    .describe("A dearer plan is there at once, a cheaper one when the paid period is over."),
  startsAt: z.iso.datetime(),
  dueNowCents: z.int(),
  currency: z.string(),
  creditsNow: z
    .int()
    .describe("What the invoice of now brings at once; of a yearly one the rest comes month by month."),
  creditsPerMonth: z.int().describe("What the plan and its add-ons bring each month from then on."),
  nextChargeCents: z.int(),
  nextChargeAt: z.iso.datetime(),
  lines: z
    .array(z.object({ description: z.string(), amountCents: z.int() }))
    .describe("What is charged now: none where nothing is."),
  token: z.string().describe("What was shown: the change does this and nothing else."),
});
export type ChangePreview = z.infer<typeof ChangePreview>;

type Details = Stripe.InvoiceCreatePreviewParams.SubscriptionDetails;

/** What would this change cost and bring? Charges nothing. */
export async function previewChange(wanted: unknown): Promise<ChangePreview> {
  const user = await getUserOrThrow();
  const plan = readWantedPlan(wanted);
  requireBilling(user.id);
  await takeTurn(user.id, "preview");
  const change = await prepareChange(user.id, plan);
  const items = await changedItems(change);
  const [now, next] = await Promise.all([
    isCharged(change) && items.length > 0 ? previewNow(change, items) : null,
    previewInvoice(change, items.length > 0 ? { items } : {}, "recurring"),
  ]);
  return {
    when: change.happens,
    startsAt: change.startsAt,
    dueNowCents: now?.amount_due ?? 0,
    currency: change.currency,
    creditsNow: now ? await creditsOf(now) : 0,
    creditsPerMonth: change.creditsPerMonth,
    nextChargeCents: next.total,
    nextChargeAt: change.nextChargeAt,
    lines: (now?.lines.data ?? []).map(({ description, amount }) => ({
      description: description ?? "",
      amountCents: amount,
    })),
    token: `${change.state}.${change.asOf}`,
  };
}

/** While Stripe's trial runs a change charges nothing. */
const isCharged = ({ happens, isTrialing }: PreparedChange) => happens === "now" && !isTrialing;

const previewNow = (change: PreparedChange, items: Details["items"] & object) =>
  previewInvoice(
    change,
    { items, proration_behavior: "always_invoice", proration_date: change.asOf },
    "next",
  );

function previewInvoice(
  { customer, subscription }: PreparedChange,
  details: Details,
  mode: Stripe.InvoiceCreatePreviewParams.PreviewMode,
): Promise<Stripe.Invoice> {
  const whose = { customer, subscription, preview_mode: mode };
  const hasDetails = Object.keys(details).length > 0;
  return askStripe(
    stripe().invoices.createPreview({ ...whose, ...(hasDetails && { subscription_details: details }) }),
  );
}

/** The same facts of the lines that the webhook will read, asked of the same SQL. */
async function creditsOf({ lines: { data }, total, currency }: Stripe.Invoice): Promise<number> {
  const prices = await askStripe(readPrices(stripe(), data));
  const facts = { total, currency, lines: data.map((line) => lineFacts(line, prices)) };
  const credits = await oneRow(serviceClient().rpc("preview_credits", { facts }));
  if (!credits.problem) return credits.credits_now;
  throw new AppError("unavailable", "changeNotNow", { cause: credits.problem });
}
