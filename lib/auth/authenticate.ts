import "server-only";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { userClient } from "@/lib/supabase/server";
import type { en } from "@/messages/en";

const Form = z.strictObject({
  intent: z.enum(["sign-in", "sign-up"]),
  email: z.email(),
  password: z.string().min(8).max(72),
});

export type Authenticated =
  | { is: "signed-in" }
  | { is: "confirmation-sent"; email: string }
  | { is: "refused"; message: string; email: string };

type Refusal = keyof typeof en.signIn.refused;

/** The codes of Supabase Auth that a user can do something about. */
const refusals: Record<string, Refusal> = {
  invalid_credentials: "wrong",
  user_already_exists: "taken",
  email_exists: "taken",
  email_address_invalid: "email",
  email_not_confirmed: "notConfirmed",
  signup_disabled: "closed",
  over_request_rate_limit: "tooMany",
  over_email_send_rate_limit: "tooMany",
  weak_password: "weakPassword",
};

/** Signs in, or signs up and in; a refusal is a sentence for the form. */
export async function authenticate(input: Record<string, unknown>): Promise<Authenticated> {
  const form = Form.safeParse(input);
  if (!form.success) return refuse(problemOf(form.error), typeof input.email === "string" ? input.email : "");
  const { intent, email, password } = form.data;
  const { auth } = await userClient();
  const { data, error } =
    intent === "sign-up"
      ? await auth.signUp({ email, password })
      : await auth.signInWithPassword({ email, password });
  if (error) return refuse(refusals[error.code ?? ""] ?? "away", email);
  return data.session ? { is: "signed-in" } : { is: "confirmation-sent", email };
}

export async function signOut(): Promise<void> {
  const { auth } = await userClient();
  await auth.signOut();
}

async function refuse(refusal: Refusal, email: string): Promise<Authenticated> {
  const words = await getTranslations("signIn.refused");
  return { is: "refused", message: words(refusal), email };
}

/** The first thing that is wrong with the form. */
function problemOf({ issues: [first] }: z.ZodError): Refusal {
  if (first?.path[0] === "email") return "email";
  if (first?.path[0] !== "password") return "form";
  return first.code === "too_big" ? "longPassword" : "shortPassword";
}
