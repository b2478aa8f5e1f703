// Chapters 120 to 140: holds, captures, reversals.
import type { Fault } from "../fault.ts";

export const work: Fault[] = [
  {
    name: "next_due_at: a hold does not bring it forward",
    chapter: "hold",
    find: `update billing.accounts a set next_due_at = v_ends_at
    where a.id = set_aside.account_id and a.next_due_at > v_ends_at;`,
    replace: "",
  },
  {
    name: "a hold may last for ever",
    chapter: "hold",
    find: "or v_seconds > extract(epoch from v_max) then",
    replace: "then",
  },
  {
    name: "a member may place any number of holds",
    chapter: "hold",
    find: "perform billing.check_open_holds(account_id);",
    replace: "",
  },
  {
    name: "a hold that has ended is answered as a success",
    chapter: "hold",
    find: "select h.state in ('open', 'captured'), h.held_credits",
    replace: "select h.state is not null, h.held_credits",
  },
  {
    name: "a hold's key, tried after its time, is answered as it was",
    chapter: "hold",
    find: "perform billing.settle(v_entry.account_id);  -- it may be over by now",
    replace: "",
  },
  {
    name: "what was taken first comes back first",
    chapter: "capture",
    find: "window w as (order by s.nth desc)",
    replace: "window w as (order by s.nth)",
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
    chapter: "capture",
    find: "set ends_at = greatest(h.ends_at, v_now + v_lasts)",
    replace: "set ends_at = v_now + v_lasts",
  },
  {
    name: "a released hold still counts as a use",
    chapter: "capture",
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
