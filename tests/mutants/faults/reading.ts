// Chapters 150 to 160, 166 and 218: the sweep, history, explanations, and what open pages are told.
import type { Fault } from "../fault.ts";

export const reading: Fault[] = [
  {
    name: "the sweep does not restate the predicate of its index",
    chapter: "expire",
    find: "where a.next_due_at <= v_now and a.next_due_at < 'infinity'",
    replace: "where a.next_due_at <= v_now",
    look: "tests/races/sweep.test.ts",
  },
  {
    name: "the sweep waits for whoever spends",
    chapter: "expire",
    find: "for no key update skip locked",
    replace: "for no key update",
    look: "tests/races/sweep.test.ts",
  },
  {
    name: "an account that cannot be settled is tried in each run",
    chapter: "expire",
    find: "where u.account_id = a.id and u.failed_at > v_now - interval '1 hour')",
    replace: "where false)",
  },
  {
    name: "an entry stands on two pages",
    chapter: "history",
    find: "and l.number < v_high",
    replace: "and l.number <= v_high",
  },
  {
    name: "anybody reads anybody's history",
    chapter: "history",
    find: "perform billing.touch(account_id);",
    replace: "perform billing.enter(account_id);",
    look: "strangers",
  },
  {
    name: "the page before is the newest there is",
    chapter: "history",
    find: "case when after_number is null then -l.number else l.number end",
    replace: "-l.number",
  },
  {
    name: "a search never stops",
    chapter: "history",
    find: "v_most := v_most - v_window;",
    replace: "",
  },
  {
    name: "a search that has stopped looks like the end",
    chapter: "history",
    find: "if v_left > 0 and v_end > v_first then\n    number",
    replace: "if false then\n    number",
  },
  {
    name: "upwards a search goes on from its other end",
    chapter: "history",
    find: "case when after_number is null then v_end else v_first - 1 end;",
    replace: "v_end;",
  },
  {
    name: "a captured hold is two lines",
    chapter: "history",
    find: "where e.kind <> 'hold' or (",
    replace: "where true or (",
  },
  {
    name: "the balance at an instant leaves out what happened at it",
    chapter: "history",
    find: "billing.entries_before(balance_at.account_id, at + interval '1 microsecond')",
    replace: "billing.entries_before(balance_at.account_id, at)",
  },
  {
    name: "an explanation leaves out what answers the entry",
    chapter: "explain",
    find: "where t.account_id = e.account_id and t.answers = e.number",
    replace: "where false",
  },
  {
    name: "an explanation lists all that answers the entry",
    chapter: "explain",
    find: "order by r.number limit 20",
    replace: "order by r.number",
  },
  {
    name: "what a bucket held leaves out what it paid with others",
    chapter: "explain",
    find: "(e.bucket_id = held_after.bucket_id or e.split is not null)",
    replace: "e.bucket_id = held_after.bucket_id",
  },
  {
    name: "what a bucket held after an entry is what it held before",
    chapter: "explain",
    find: "then held_after.number + 1 else 1 end",
    replace: "then held_after.number else 1 end",
  },
  {
    name: "a member is told what the work cost the developer",
    chapter: "explain",
    find: "case when not billing.is_client() then e.cost_micros end",
    replace: "e.cost_micros",
  },
  {
    name: "anybody is told why anybody was charged",
    chapter: "explain",
    find: "perform billing.check_caller(account_id);",
    replace: "",
  },
  {
    name: "anybody may listen to anybody",
    chapter: "live",
    find: "then billing.is_member(substr(topic, 9)::uuid) else false end;",
    replace: "then true else false end;",
  },
  {
    name: "a message that fails fails the spend",
    chapter: "live",
    find: `exception when others then
  raise warning 'open pages were not told of an entry' using detail = sqlerrm;
  return null;
`,
    replace: "",
  },
  {
    name: "each entry of a statement is a message",
    chapter: "live",
    find: "group by i.account_id\n",
    replace: "group by i.account_id, i.number\n",
  },
  {
    name: "asking whether there is news counts what is frozen",
    chapter: "live",
    find: "select a.entry_count, a.balance - a.frozen_credits,",
    replace: "select a.entry_count, a.balance,",
  },
];
