"use server";

import "server-only";
import { refresh } from "next/cache";
import type { Refusal } from "@/lib/actions/billing";
import { chooseCurrency } from "@/lib/billing/currency";
import { formFields } from "@/lib/form-fields";
import { outcome } from "@/lib/outcome";

export async function currencyAction(_previous: Refusal, form: FormData): Promise<Refusal> {
  const result = await outcome(chooseCurrency(formFields(form)));
  if (!result.ok) return { message: result.error.message };
  refresh();
  return null;
}
