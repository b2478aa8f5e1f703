import "server-only";
import { z } from "zod";
import { AppError } from "@/lib/errors";

export const ChangePreview = z.object({
  when: z
    .enum(["now", "period_end", "nothing"])
    .describe("A dearer plan is there at once, a cheaper one when the paid period is over."),
  startsAt: z.iso.datetime(),
  dueNowCents: z.int(),
  currency: z.string(),
  creditsNow: z.int().describe("What the invoice of now brings at once."),
  creditsPerMonth: z.int().describe("What the plan and its add-ons bring each month from then on."),
  nextChargeCents: z.int(),
  nextChargeAt: z.iso.datetime(),
  lines: z.array(z.object({ description: z.string(), amountCents: z.int() })),
  token: z.string().describe("What was shown: the change does this and nothing else."),
});
export type ChangePreview = z.infer<typeof ChangePreview>;

/** What would this change cost and bring? Charges nothing. */
export async function previewChange(_wanted: unknown): Promise<ChangePreview> {
  throw new AppError("unavailable");
}
