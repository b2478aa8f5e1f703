import "server-only";
import { rangeArguments, type UsageRange } from "@/lib/credits/usage-range";
import { isoTime, maybe, rows } from "@/lib/supabase/rows";
import { userClient } from "@/lib/supabase/server";

type Figures = {
  uses: number;
  charged: number;
  used: number;
  /** What was used in each step. */
  bySteps: number[];
};
type Part = { now: Figures; before: Figures };

export type OperationUsage = Part & {
  /** Null: amounts, which the app charged without an operation. */
  key: string | null;
  name: string | null;
};

export type UsageComparison = {
  /** Days as a rule; of a long range weeks or months. */
  steps: { startsAt: string; endsAt: string }[];
  total: Part;
  /** The most used first. */
  operations: OperationUsage[];
  /** Null: before the range there was no period. */
  before: { startsAt: string; endsAt: string } | null;
};

/** What did the signed-in user use credits for, and how much more or less than before? Null: no such period. */
export async function getUsageComparison(range: UsageRange): Promise<UsageComparison | null> {
  const supabase = await userClient();
  const found = await rows(supabase.rpc("get_usage_comparison", rangeArguments(range)));
  const [total, ...operations] = found.map((row) => ({
    ...partOf(row),
    key: maybe(row.operation),
    name: maybe(row.operation_name),
  }));
  const [first] = found;
  if (!total || !first) return null;
  const [startsAt] = first.steps_before;
  const endsAt = first.steps_before.at(-1);
  return {
    steps: first.steps.slice(1).map((end, at) => ({
      startsAt: isoTime(first.steps[at] ?? end),
      endsAt: isoTime(end),
    })),
    total,
    operations,
    before: startsAt && endsAt ? { startsAt: isoTime(startsAt), endsAt: isoTime(endsAt) } : null,
  };
}

type Row = {
  uses: number;
  charged_credits: number;
  used_credits: number;
  used_by_step: number[];
  uses_before: number;
  charged_before: number;
  used_before: number;
  used_by_step_before: number[];
};

function partOf(row: Row): Part {
  return {
    now: {
      uses: row.uses,
      charged: row.charged_credits,
      used: row.used_credits,
      bySteps: row.used_by_step,
    },
    before: {
      uses: row.uses_before,
      charged: row.charged_before,
      used: row.used_before,
      bySteps: row.used_by_step_before,
    },
  };
}
