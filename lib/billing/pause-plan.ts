import "server-only";
import { AppError } from "@/lib/errors";

/** From now on nothing is charged, and the plan and its credits rest until it is unpaused. */
export async function pausePlan(): Promise<void> {
  throw new AppError("unavailable");
}
