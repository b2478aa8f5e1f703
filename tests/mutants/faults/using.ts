// Chapters 162 to 167: usage, the forecast, the period under way.
import type { Fault } from "../fault.ts";

export const using: Fault[] = [
  {
    name: "the job counts again what it has counted",
    chapter: "rollup",
    find: "and f.number > v_from and f.number <= v_through",
    replace: "and f.number <= v_through",
  },
  {
    name: "two jobs count one account at once",
    chapter: "rollup",
    find: "where r.account_id = roll_up.account_id for update;",
    replace: "where r.account_id = roll_up.account_id;",
    look: "tests/races/usage.test.ts",
  },
  {
    name: "a reversal of a claw-back is usage given back",
    chapter: "rollup",
    find: "or l.kind = 'reversal' and l.answered_kind in ('spend', 'hold');",
    replace: "or l.kind = 'reversal';",
    look: "usage",
  },
  {
    name: "a day that the range cuts is counted in whole as well",
    chapter: "usage",
    find: "and c.day_starts_at not in (select p.day from parted p)",
    replace: "",
  },
  {
    name: "usage that no job has counted is left out",
    chapter: "usage",
    find: "select greatest(m.number, v_first) as after, v_last as through from mark m",
    replace: "select greatest(m.number, v_first) as after, m.number as through from mark m",
  },
  {
    name: "usage is counted once more by the hour when it is forgotten",
    chapter: "rollup",
    find: "delete from billing.usage_hours h where h.account_id = forget_usage.account_id;",
    replace: "",
  },
  {
    name: "a month under way is compared with a whole one",
    chapter: "usage_charts",
    find: "before_starts_at + greatest(least(ends_at, now) - starts_at, '0'));",
    replace: "before_starts_at + (ends_at - starts_at));",
  },
  {
    name: "what lies between a range and the time before is drawn",
    chapter: "usage_charts",
    find: "where u.part <> v_gap",
    replace: "where true",
  },
  {
    name: "hours that no job has counted are left out",
    chapter: "usage_charts",
    find: "and r.number > mark.number and r.number <= v_last",
    replace: "and r.number > v_last",
  },
  {
    name: "what is to be spent pays for a part of a use",
    chapter: "forecast",
    find: "div(v_total::numeric * s.uses, s.charged_credits)::bigint, v_total",
    replace: "(v_total::numeric * s.uses / s.charged_credits)::bigint, v_total",
  },
  {
    name: "the pace of a young account is spread over days that it did not have",
    chapter: "forecast",
    find: "greatest(least(days, v_age_days), 1)",
    replace: "days",
  },
  {
    name: "the forecast does not say what will expire unused",
    chapter: "forecast",
    find: "v_lost := v_lost + v_credits[i];",
    replace: "",
  },
  {
    name: "what is lost at a later expiry is told of the next",
    chapter: "forecast",
    find: "    if v_next = v_first then\n",
    replace: "    if v_next >= v_first then\n",
  },
  {
    name: "the pace of the last week counts the weeks before it",
    chapter: "forecast",
    find: "filter (where u.part = 2), 0)",
    replace: "filter (where u.part > 0), 0)",
  },
  {
    name: "what was moved to an account counts as brought by its period",
    chapter: "period_usage",
    find: " and b.key is not null",
    replace: "",
  },
  {
    name: "what was used of a thing in an earlier period counts in this one",
    chapter: "period_usage",
    find: " and d.day_starts_at >= billing.day_of(v_start)\n",
    replace: "\n",
  },
  {
    name: "what was voided counts as brought by its period",
    chapter: "period_usage",
    find: " and b.voided_at is null",
    replace: "",
  },
  {
    name: "things that no job has counted are left out",
    chapter: "period_usage",
    find: "f.number > v_mark and f.uses > 0",
    replace: "false",
  },
  {
    name: "what a refund took back still counts as brought",
    chapter: "period_usage",
    find: "select b.id from brought b)",
    replace: "select null::bigint)",
  },
];
