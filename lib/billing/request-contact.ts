import "server-only";
import { createHmac } from "node:crypto";
import { headers } from "next/headers";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { getUser } from "@/lib/auth/get-user";
import { env } from "@/lib/env";
import type { Words } from "@/lib/i18n/words";
import { oneRow } from "@/lib/supabase/rows";
import { serviceClient } from "@/lib/supabase/server";

/** With line breaks, but without what Postgres keeps in no text. */
const words = (most: number) =>
  z
    .string()
    .trim()
    .max(most, "tooLong")
    .regex(/^[^\0\p{Cs}]*$/u, "required");

// Strict, but for the field that people do not see: whoever fills that in is no person.
const Form = z.strictObject({
  name: words(100).min(1, "required"),
  email: z.string().trim().max(254, "required").pipe(z.email("required")),
  company: words(200),
  message: words(4_000).min(1, "required"),
  credits: z
    .string()
    .transform((text) => text.replaceAll(/[\s.,'’]/g, ""))
    .pipe(z.string().regex(/^([1-9]\d{0,11})?$/, "required")),
  website: z.string().default(""),
});

type ContactField = "name" | "email" | "company" | "message" | "credits";

export type ContactAnswer =
  | { is: "sent"; email: string }
  | { is: "refused"; message: string | null; fields: Partial<Record<ContactField, string>> };

/** Keeps what was typed for the owner, once per form, and not too often; or says at which fields something is amiss. */
export async function requestContact(id: string, form: Record<string, unknown>): Promise<ContactAnswer> {
  const t = await getTranslations("plans");
  const parsed = Form.safeParse(form);
  if (!z.uuid().safeParse(id).success) return { is: "refused", message: t("contactNotSent"), fields: {} };
  if (!parsed.success) return refusal(parsed.error, t);
  const { website, credits, company, ...typed } = parsed.data;
  if (website !== "") return { is: "sent", email: typed.email };
  const user = await getUser();
  const answer = await oneRow(
    serviceClient().rpc("request_contact", {
      id,
      ...typed,
      ...(company !== "" && { company }),
      ...(credits !== "" && { expected_credits: Number(credits) }),
      ...(user && { account_id: user.id }),
      ...(await addressHash()),
    }),
  );
  if (answer.accepted) return { is: "sent", email: typed.email };
  const minutes = Math.ceil(answer.retry_after_seconds / 60);
  return { is: "refused", message: t("contactTooMany", { minutes }), fields: {} };
}

function refusal({ issues }: z.ZodError, t: Words<"plans">): ContactAnswer {
  const fields: Partial<Record<ContactField, string>> = {};
  for (const { path, message } of issues) {
    const sentence = sentences.find(([field, what]) => field === path[0] && what === message);
    if (sentence) fields[sentence[0]] ??= t(`contact${sentence[2]}`);
  }
  return { is: "refused", message: Object.keys(fields).length === 0 ? t("contactNotSent") : null, fields };
}

const sentences = [
  ["name", "required", "NameMissing"],
  ["name", "tooLong", "NameTooLong"],
  ["email", "required", "EmailMissing"],
  ["company", "tooLong", "CompanyTooLong"],
  ["credits", "required", "CreditsMissing"],
  ["message", "required", "MessageMissing"],
  ["message", "tooLong", "MessageTooLong"],
] as const;

/** From where it was sent, as something that only we can compute: the last hop is the one that a client cannot make up. */
async function addressHash(): Promise<{ address_hash?: string }> {
  const address = (await headers()).get("x-forwarded-for")?.split(",").at(-1)?.trim();
  if (!address) return {};
  const hash = createHmac("sha256", env().SUPABASE_SECRET_KEY).update(`contact ${address}`).digest("hex");
  return { address_hash: hash };
}
