"use server";

import "server-only";
import { RedirectType, redirect } from "next/navigation";
import { type Authenticated, authenticate, signOut } from "@/lib/auth/authenticate";
import { returnPath } from "@/lib/auth/return-path";
import { formFields } from "@/lib/form-fields";

export async function authenticateAction(
  next: string,
  _previous: Authenticated | null,
  form: FormData,
): Promise<Authenticated> {
  const result = await authenticate(formFields(form));
  // In place of the sign-in page, so that going back does not lead on again.
  if (result.is === "signed-in") redirect(returnPath(next), RedirectType.replace);
  return result;
}

export async function signOutAction(): Promise<void> {
  await signOut();
  redirect("/");
}
