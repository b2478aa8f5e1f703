import "server-only";
import { z } from "zod";

/** A day that an address names, and that Postgres knows as the one after it, too: they have four digits for its year. */
export const CalendarDay = z.iso.date().refine((day) => day >= "0001-01-01" && day < "9999-12-31");

export function dayAfter(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
}
