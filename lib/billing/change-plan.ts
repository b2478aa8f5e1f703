import "server-only";
import { AppError } from "@/lib/errors";

/** `confirm`: nothing has changed yet, the user pays or confirms at `url`, which is Stripe's. */
export type Change = { is: "changed" | "scheduled" } | { is: "confirm"; url: string };

/** Makes the change that `previewChange` showed, once: where it is made already it only says so. */
export async function changePlan(_wanted: unknown, _token: unknown): Promise<Change> {
  throw new AppError("unavailable");
}
