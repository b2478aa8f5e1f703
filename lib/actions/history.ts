"use server";

import "server-only";
import { type Explanation, explainEntry } from "@/lib/credits/explain-entry";
import { entryNumber } from "@/lib/credits/history-page";
import { AppError } from "@/lib/errors";
import { type Outcome, outcome } from "@/lib/outcome";

/** Of what the address bar says: what is no number is answered like a number that is not there. */
export async function explainAction(entry: unknown): Promise<Outcome<Explanation>> {
  return outcome(explain(entryNumber(entry)));
}

async function explain(number: number | null): Promise<Explanation> {
  if (number === null) throw new AppError("unknown");
  return explainEntry(number);
}
