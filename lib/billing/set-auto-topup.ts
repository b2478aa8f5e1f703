import "server-only";
import { z } from "zod";
import { getUserOrThrow } from "@/lib/auth/get-user";
import { requireBilling } from "@/lib/billing/billing-enabled";
import { AppError } from "@/lib/errors";
import { rows } from "@/lib/supabase/rows";
import { userClient } from "@/lib/supabase/server";

const Off = z.strictObject({ is_enabled: z.literal("off") });
const On = z.strictObject({
  is_enabled: z.literal("on"),
  threshold_credits: z.coerce.number().int(),
  lookup_key: z.string().min(1).max(100),
  monthly_cap_cents: z.coerce.number().int(),
  payment_method: z.string().max(100),
});
const Settings = z.discriminatedUnion("is_enabled", [On, Off]);

/** The signed-in user agrees that a pack is bought when little is left, or not any more. */
export async function setAutoTopup(input: unknown): Promise<void> {
  const user = await getUserOrThrow();
  const parsed = Settings.safeParse(input);
  if (!parsed.success) throw new AppError("invalid", "topupFields");
  const settings = parsed.data;
  if (settings.is_enabled === "on") requireBilling(user.id);
  const supabase = await userClient();
  await rows(
    settings.is_enabled === "off"
      ? supabase.rpc("set_auto_topup", { is_enabled: false })
      : supabase.rpc("set_auto_topup", {
          ...settings,
          is_enabled: true,
          payment_method: settings.payment_method || undefined,
        }),
  );
}
