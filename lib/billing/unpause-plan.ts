import "server-only";
import type { Change } from "@/lib/billing/change-plan";
import { AppError } from "@/lib/errors";

/** The plan goes on; `confirm` where its invoice must be paid first. */
export async function unpausePlan(): Promise<Change> {
  throw new AppError("unavailable");
}
