// What was charged and given back, by day of UTC, operation and subject.
import { look } from "./accounts.ts";
import { subjectOf } from "./operations.ts";
import { day, type Instant } from "./time.ts";
import type { Account, Answer, Entry, World } from "./world.ts";

/** A spend is a use when it is made, a hold when it is captured; what comes back does so on its own day. */
export function usage(world: World, now: Instant, id: string): Answer {
  const account = look(world, id, now);
  const rows: Record<string, Row> = {};
  for (const { at, work, uses, charged, returned } of account ? factsOf(account) : []) {
    const starts_at = at - (at % day);
    const operation = work.charge?.operation ?? null;
    // The words of an erased account are gone.
    const subject = work.charge && account?.erasedAt === null ? subjectOf(work.charge) : null;
    const key = JSON.stringify([starts_at, operation ?? "", subject ?? ""]);
    const row = rows[key] ?? {
      starts_at,
      operation,
      subject,
      uses: 0,
      charged_credits: 0,
      returned_credits: 0,
    };
    row.uses += uses;
    row.charged_credits += charged;
    row.returned_credits += returned;
    rows[key] = row;
  }
  const inOrder = Object.keys(rows)
    .sort()
    .flatMap((key) => rows[key] ?? []);
  return {
    rows: inOrder.map((row) => ({ ...row, used_credits: row.charged_credits - row.returned_credits })),
  };
}

type Row = {
  starts_at: Instant;
  operation: string | null;
  subject: string | null;
  uses: number;
  charged_credits: number;
  returned_credits: number;
};
type Fact = { at: Instant; work: Entry; uses: number; charged: number; returned: number };

function factsOf(account: Account): Fact[] {
  return account.entries.flatMap((entry): Fact[] => {
    const { kind, at, credits } = entry;
    const answered = entry.answers === null ? undefined : account.entries[entry.answers - 1];
    if (kind === "spend") return [{ at, work: entry, uses: 1, charged: -credits, returned: 0 }];
    if (!answered) return [];
    if (kind === "capture")
      return [{ at, work: answered, uses: 1, charged: -answered.credits - credits, returned: 0 }];
    const isOfWork = kind === "reversal" && (answered.kind === "spend" || answered.kind === "hold");
    return isOfWork ? [{ at, work: answered, uses: 0, charged: 0, returned: credits }] : [];
  });
}
