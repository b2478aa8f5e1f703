import "server-only";
import { z } from "zod";
import { Params, quote } from "@/lib/credits/quote";
import { AppError } from "@/lib/errors";
import { oneRow } from "@/lib/supabase/rows";
import { userClient } from "@/lib/supabase/server";
import { text } from "@/lib/text";

export const Work = z.strictObject({ operation: text(100), params: Params.default({}) });

const Key = text(200);

export const Deduction = Work.extend({
  amount: z
    .int()
    .optional()
    .describe("Credits. What is charged is the catalog's price: another amount is refused."),
  key: Key.optional().describe("Names this piece of work, which is charged once; or send `Idempotency-Key`."),
});

export const Charge = z.object({
  deducted: z.int(),
  fromSubscription: z.int(),
  fromPromotional: z.int(),
  fromPermanent: z.int(),
  balanceAfter: z.int(),
  duplicate: z.boolean().describe("The key was charged before: this is the answer of then."),
  priceVersion: z.int(),
});

/** Charges the signed-in user what the catalog says that this costs, once per key, all of it or nothing. */
export async function deduct(
  { operation, params, amount }: z.infer<typeof Deduction>,
  key: string | undefined,
): Promise<z.infer<typeof Charge>> {
  const task = Key.safeParse(key);
  if (!task.success) throw new AppError("invalid", "keyMissing");
  if (amount !== undefined) await checkAmount(amount, operation, params);
  const supabase = await userClient();
  const row = await oneRow(supabase.rpc("consume_credits", { operation, params, key: task.data }));
  if (!row.success) throw new AppError("short", "creditsMissing", { values: { count: row.shortfall } });
  return {
    deducted: row.deducted,
    fromSubscription: row.from_subscription,
    fromPromotional: row.from_promotional,
    fromPermanent: row.from_permanent,
    balanceAfter: row.balance_after,
    duplicate: row.duplicate,
    priceVersion: row.price_version,
  };
}

async function checkAmount(amount: number, operation: string, params: Params): Promise<void> {
  const { price } = await quote(operation, params);
  if (amount !== price) throw new AppError("invalid", "otherPrice", { values: { price, amount } });
}
