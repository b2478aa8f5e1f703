"use server";

import "server-only";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import type { Refusal } from "@/lib/actions/billing";
import { confirmTopup } from "@/lib/billing/confirm-topup";
import { setAutoTopup } from "@/lib/billing/set-auto-topup";
import { formFields } from "@/lib/form-fields";
import { hostedPage } from "@/lib/hosted-page";
import { type Outcome, outcome } from "@/lib/outcome";

export async function setTopupAction(_previous: Outcome<void> | null, form: FormData) {
  const result = await outcome(setAutoTopup(formFields(form)));
  if (result.ok) revalidatePath("/dashboard", "layout");
  return result;
}

/** To the page of the bank; back to ours where it asks nothing. */
export async function confirmTopupAction(_previous: Refusal, _form: FormData): Promise<Refusal> {
  const result = await outcome(confirmTopup());
  if (!result.ok) return { message: result.error.message };
  if (result.data.url !== null) redirect(hostedPage(result.data.url));
  redirect("/dashboard/billing");
}
