import "server-only";
import { AppError } from "@/lib/errors";

/** Takes back what waits for the end of the period: a cancellation, or a change. */
export async function resumePlan(): Promise<void> {
  throw new AppError("unavailable");
}
