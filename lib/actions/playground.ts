"use server";

import "server-only";
import { revalidatePath } from "next/cache";
import type { Quote } from "@/lib/credits/quote";
import { type Outcome, outcome } from "@/lib/outcome";
import { type Enhancement, enhance, quoteEnhancement } from "@/lib/playground/enhance";

export async function quoteAction(choice: unknown): Promise<Outcome<Quote>> {
  return outcome(quoteEnhancement(choice));
}

export async function enhanceAction(job: unknown): Promise<Outcome<Enhancement>> {
  const result = await outcome(enhance(job));
  if (result.ok && result.data.is === "done") revalidatePath("/dashboard", "layout");
  return result;
}
