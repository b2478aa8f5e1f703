"use server";

import "server-only";
import { revalidatePath } from "next/cache";
import { setBillingDetails } from "@/lib/billing/set-billing-details";
import { formFields } from "@/lib/form-fields";
import { type Outcome, outcome } from "@/lib/outcome";

export async function setDetailsAction(_previous: Outcome<void> | null, form: FormData) {
  const result = await outcome(setBillingDetails(formFields(form)));
  if (result.ok) revalidatePath("/dashboard/billing");
  return result;
}
