"use server";

import "server-only";
import { RedirectType, redirect } from "next/navigation";
import { openPortal, type PortalPage } from "@/lib/billing/open-portal";
import { startCheckout } from "@/lib/billing/start-checkout";
import { formFields } from "@/lib/form-fields";
import { hostedPage } from "@/lib/hosted-page";
import { outcome } from "@/lib/outcome";

export type Refusal = { message: string } | null;

/** The form names an offer; what it costs is the catalog's to say. */
export async function checkoutAction(intent: string, _previous: Refusal, form: FormData): Promise<Refusal> {
  return checkout(form, intent, RedirectType.push);
}

/** The page that sends a choice on by itself gives way to the payment page: going back from there must not lead there again. */
export async function chosenAction(intent: string, _previous: Refusal, form: FormData): Promise<Refusal> {
  return checkout(form, intent, RedirectType.replace);
}

async function checkout(form: FormData, intent: string, how: "push" | "replace"): Promise<Refusal> {
  const result = await outcome(startCheckout(formFields(form), intent));
  if (!result.ok) return { message: result.error.message };
  redirect(hostedPage(result.data.url), how);
}

/** The page comes from a browser: what it does not know is the front page. */
export async function portalAction(page: PortalPage, _previous: Refusal, _form: FormData): Promise<Refusal> {
  const result = await outcome(openPortal(page));
  if (!result.ok) return { message: result.error.message };
  redirect(hostedPage(result.data.url));
}
