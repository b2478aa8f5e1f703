import "server-only";
import type { AuthError } from "@supabase/supabase-js";
import { z } from "zod";
import { userClient } from "@/lib/supabase/server";

const Form = z.strictObject({
  intent: z.enum(["sign-in", "sign-up"]),
  email: z.email("Enter a valid email address."),
  password: z
    .string()
    .min(8, "A password has at least 8 characters.")
    .max(72, "A password has at most 72 characters."),
});

export type Authenticated =
  | { is: "signed-in" }
  | { is: "confirmation-sent"; email: string }
  | { is: "refused"; message: string; email: string };

const sentences: Record<string, string> = {
  invalid_credentials: "Email or password is wrong.",
  user_already_exists: "There is an account with this email already. Sign in instead.",
  email_exists: "There is an account with this email already. Sign in instead.",
  email_address_invalid: "Enter a valid email address.",
  email_not_confirmed: "Confirm your email first: we have sent you a link.",
  signup_disabled: "New accounts are closed at the moment.",
  over_request_rate_limit: "Too many attempts. Please wait a minute.",
  over_email_send_rate_limit: "Too many attempts. Please wait a minute.",
};

/** Signs in, or signs up and in; a refusal is a sentence for the form. */
export async function authenticate(input: Record<string, unknown>): Promise<Authenticated> {
  const typed = typeof input.email === "string" ? input.email : "";
  const form = Form.safeParse(input);
  if (!form.success) {
    const message = form.error.issues[0]?.message ?? "Check the form.";
    return { is: "refused", message, email: typed };
  }
  const { intent, email, password } = form.data;
  const { auth } = await userClient();
  const { data, error } =
    intent === "sign-up"
      ? await auth.signUp({ email, password })
      : await auth.signInWithPassword({ email, password });
  if (error) return { is: "refused", message: sentence(error), email };
  return data.session ? { is: "signed-in" } : { is: "confirmation-sent", email };
}

export async function signOut(): Promise<void> {
  const { auth } = await userClient();
  await auth.signOut();
}

function sentence(error: AuthError): string {
  if (error.code === "weak_password") return `This password is too weak. ${error.message}`;
  return sentences[error.code ?? ""] ?? "Signing in is not possible at the moment. Please try again.";
}
