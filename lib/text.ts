import "server-only";
import { z } from "zod";

/** Words of a caller, one to so many characters; without those that Postgres keeps in no text. */
export function text(most: number) {
  return z
    .string()
    .min(1)
    .max(most)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u);
}
