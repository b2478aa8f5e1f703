import "server-only";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import { text } from "@/lib/text";

const LookupKey = text(100);
const Quantity = z.number().int().min(1).max(10_000);

// Strict: a body that states a price or an amount is refused, not ignored.
export const Wanted = z.strictObject({
  plan: LookupKey,
  quantity: Quantity,
  add_ons: z.record(LookupKey, Quantity),
});

/** The whole of what is wished for: the plan, its seats, and every add-on that is to be there. */
export type WantedPlan = z.infer<typeof Wanted>;

export function readWantedPlan(wanted: unknown): WantedPlan {
  const parsed = Wanted.safeParse(wanted);
  if (parsed.success) return parsed.data;
  throw new AppError("invalid", "changeKeysOnly");
}
