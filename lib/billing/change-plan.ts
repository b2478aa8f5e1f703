import "server-only";
import { z } from "zod";
import { AppError } from "@/lib/errors";

export const Change = z
  .union([
    z.object({ is: z.enum(["changed", "scheduled"]) }),
    z.object({ is: z.literal("confirm"), url: z.url() }),
  ])
  .describe("`confirm`: nothing has changed yet, the user pays or confirms at `url`, which is Stripe's.");
export type Change = z.infer<typeof Change>;

/** Makes the change that `previewChange` showed, once: where it is made already it only says so. */
export async function changePlan(_wanted: unknown, _token: unknown): Promise<Change> {
  throw new AppError("unavailable");
}
