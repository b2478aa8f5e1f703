import "server-only";
import { AppError } from "@/lib/errors";

/** `confirm`: nothing has changed yet, the user pays or confirms at `url`, which is Stripe's. */
export type Change = { is: "changed" | "scheduled" } | { is: "confirm"; url: string };

/** Makes the change that `previewChange` showed; the same intent never makes it twice. */
export async function changePlan(_wanted: unknown, _token: unknown, _intent: unknown): Promise<Change> {
  throw new AppError("unavailable");
}
