import "server-only";
import { z } from "zod";
import { text } from "@/lib/text";

/** Which entries of the history: all that pass each filter. Keys as the database takes them. */
export type HistoryFilter = {
  kinds?: string[];
  operations?: string[];
  subjects?: string[];
  /** From this instant on, and before that one. */
  since?: string;
  until?: string;
  search?: string;
};

/** A day means its midnight, UTC. Of years that have other than four digits, and of none, Postgres reads no instant. */
export const Instant = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })])
  .transform((text) => new Date(text).toISOString())
  .refine((instant) => instant >= "0001");
const words = z.array(text(200)).max(20);

/** Of an address: `kind`, `operation` and `subject` may come several times. */
export const HistoryQuery = z.object({
  kind: words.optional(),
  operation: words.optional(),
  subject: words.optional(),
  since: Instant.optional(),
  until: Instant.optional(),
  search: text(100).optional(),
});

export function historyFilter(query: z.infer<typeof HistoryQuery>): HistoryFilter {
  const { kind: kinds, operation: operations, subject: subjects, since, until, search } = query;
  return { kinds, operations, subjects, since, until, search };
}
