"use server";

import "server-only";
import { type ContactAnswer, requestContact } from "@/lib/billing/request-contact";
import { formFields } from "@/lib/form-fields";
import { outcome } from "@/lib/outcome";

export async function contactAction(
  id: string,
  _previous: ContactAnswer | null,
  form: FormData,
): Promise<ContactAnswer> {
  const result = await outcome(requestContact(id, formFields(form)));
  return result.ok ? result.data : { is: "refused", message: result.error.message, fields: {} };
}
