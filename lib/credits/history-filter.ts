import "server-only";
import { z } from "zod";
import { AppError } from "@/lib/errors";

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

/** A day means its midnight, UTC. */
const instant = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })])
  .transform((text) => new Date(text).toISOString());
const words = z.array(z.string().max(200)).max(20);
const shape = z.object({
  kinds: words.optional(),
  operations: words.optional(),
  subjects: words.optional(),
  since: instant.optional(),
  until: instant.optional(),
  search: z.string().max(100).optional(),
});

/** Of an address: `kind`, `operation` and `subject` may come several times; what is empty filters nothing. */
export function readHistoryFilter(query: URLSearchParams): HistoryFilter {
  const all = (name: string) => {
    const given = query.getAll(name).filter((text) => text !== "");
    return given.length > 0 ? given : undefined;
  };
  const one = (name: string) => query.get(name)?.trim() || undefined;
  const filter = shape.safeParse({
    kinds: all("kind"),
    operations: all("operation"),
    subjects: all("subject"),
    since: one("since"),
    until: one("until"),
    search: one("search"),
  });
  if (filter.success) return filter.data;
  throw new AppError("invalid", "The history cannot be filtered like that.", { cause: filter.error });
}
