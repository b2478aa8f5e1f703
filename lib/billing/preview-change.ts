import "server-only";
import { AppError } from "@/lib/errors";

export type ChangePreview = {
  /** A dearer plan is there at once, a cheaper one when the paid period is over. */
  when: "now" | "period_end" | "nothing";
  startsAt: string;
  dueNowCents: number;
  currency: string;
  /** What the invoice of now brings at once. */
  creditsNow: number;
  /** What the plan and its add-ons bring each month from then on. */
  creditsPerMonth: number;
  nextChargeCents: number;
  nextChargeAt: string;
  lines: { description: string; amountCents: number }[];
  /** What was shown: `changePlan` does this and nothing else. */
  token: string;
};

/** What would this change cost and bring? Charges nothing. */
export async function previewChange(_wanted: unknown): Promise<ChangePreview> {
  throw new AppError("unavailable");
}
