// Chapters 130 to 140: captures, releases, reversals.
import type { Fault } from "../fault.ts";

export const work: Fault[] = [
  {
    name: "what was taken first comes back first",
    chapter: "capture",
    find: "window w as (order by s.nth desc)",
    replace: "window w as (order by s.nth)",
  },
  {
    name: "what a capture leaves over goes to whichever bucket is in hand",
    chapter: "capture",
    find: "and (h.left_over = 0 or h.bucket_id = a.bucket_in_hand)",
    replace: "",
  },
  {
    name: "a capture within the bucket in hand takes more than is held",
    chapter: "capture",
    find: "and h.left_over >= 0 and h.left_over < h.held_credits",
    replace: "and h.left_over < h.held_credits",
  },
  {
    name: "a capture of nothing is one",
    chapter: "capture",
    find: "and h.left_over >= 0 and h.left_over < h.held_credits",
    replace: "and h.left_over >= 0",
  },
  {
    name: "a capture's cost may be below zero",
    chapter: "capture",
    find: "and coalesce(cost_micros, 0) >= 0",
    replace: "",
  },
  {
    name: "a client inside a definer of the host's captures what is another's",
    chapter: "capture",
    find: "and current_setting('role') not in ('anon', 'authenticated')",
    replace: "",
  },
  {
    name: "a hold is captured twice",
    chapter: "capture",
    find: "and h.number = a.hold_number and h.state = 'open'",
    replace: "and h.number = a.hold_number",
  },
  {
    name: "a hold can be captured at the instant of its end",
    chapter: "capture",
    find: "and a.at < a.next_due_at",
    replace: "and a.at <= a.next_due_at",
  },
  {
    name: "what a capture gave back and did not write stays given",
    chapter: "capture",
    find: "elsif found then  -- updated",
    replace: "elsif false then  -- updated",
    look: "tests/races/holds.test.ts",
  },
  {
    name: "a capture that moves no bucket names one",
    chapter: "capture",
    find: "case when a.left_over > 0 then a.bucket_id end",
    replace: "a.bucket_id",
  },
  {
    name: "of two holds with one key the member's is captured",
    chapter: "capture",
    find: `where h.account_id = capture_hold.account_id and h.key = capture_hold.key
    order by h.key_scope limit 1`,
    replace: `where h.account_id = capture_hold.account_id and h.key = capture_hold.key
    order by h.key_scope desc limit 1`,
  },
  {
    name: "a capture takes more than the hold and its overrun",
    chapter: "capture",
    find: "if captured < 1 or captured - v_hold.held_credits > v_hold.overrun_credits then",
    replace: "if captured < 1 then",
  },
  {
    name: "an overrun takes more than there is",
    chapter: "capture",
    find: "shortfall := captured - v_hold.held_credits - v_balance;",
    replace: "shortfall := 0;",
  },
  {
    name: "a hold that timed out can be captured",
    chapter: "capture",
    find: `perform billing.check_open(v_hold);
    captured :=`,
    replace: "captured :=",
  },
  {
    name: "an extension may bring the end nearer",
    chapter: "release",
    find: "set ends_at = greatest(h.ends_at, v_now + v_lasts)",
    replace: "set ends_at = v_now + v_lasts",
  },
  {
    name: "a released hold still counts as a use",
    chapter: "release",
    find: "perform billing.give_back_use(v_hold);",
    replace: "",
    look: "caps",
  },
  {
    name: "a reversal gives back more than was taken",
    chapter: "reverse",
    find: "if coalesce(amount, v_left) not between 1 and v_left then",
    replace: "if coalesce(amount, v_left) < 1 then",
  },
  {
    name: "a revived bucket may last less than a day",
    chapter: "reverse",
    find: "greatest(v_old.expires_at - taken_at, interval '24 hours')",
    replace: "v_old.expires_at - taken_at",
  },
  {
    name: "credits of a voided bucket are revived",
    chapter: "reverse",
    find: "if v_old.expires_at <= now and v_old.voided_at is null then",
    replace: "if v_old.expires_at <= now then",
    look: "admin",
  },
  {
    name: "revived credits forget the payment that bought them",
    chapter: "reverse",
    find: "v_old.payment_key);",
    replace: "null);",
    look: "refunds",
  },
  {
    name: "a captured hold gives back also what its capture gave back",
    chapter: "reverse",
    find: "v_left := -v_spend.credits - coalesce(v_capture.credits, 0) - v_back;",
    replace: "v_left := -v_spend.credits - v_back;",
  },
];
