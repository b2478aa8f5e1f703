// What each life must come to: the plan, the credits of plan and packs, what is owed, and the payments.
import type { lives } from "../lives/lives";

type Name = keyof typeof lives;

/** What the API cannot do in the place of a page or of a bank. */
export const notByApi: Partial<Record<Name, string>> = {
  "card replaced": "only a bank replaces a card",
  "pack paid late": "the mandate for a debit is given on a page",
  "pack not paid in the end": "the mandate for a debit is given on a page",
};

export const outcomes: Partial<Record<Name, string>> = {
  "monthly for a year": "plan active; 1000 + 0 credits, 0 owed; 12 paid",
  annual: "plan active; 1000 + 0 credits, 0 owed; 2 paid",
  "failed, then recovered": "plan active; 1000 + 0 credits, 0 owed; 3 paid",
  "failed to the end": "plan canceled; 0 + 0 credits, 0 owed; 1 failed, 1 paid",
  "a trial on a card, and then paid": "plan active; 1000 + 0 credits, 0 owed; 2 paid",
  "refund in parts": "plan none; 0 + 0 credits, 0 owed; 1 refunded",
  "refund that fails": "plan none; 0 + 1000 credits, 0 owed; 1 paid",
  "refund of a plan, which is cancelled": "plan canceled; 500 + 0 credits, 0 owed; 1 partially_refunded",
  "dispute won": "plan none; 0 + 1000 credits, 0 owed; 1 paid",
  "dispute lost": "plan active; 0 + 0 credits, 0 owed; 1 refunded",
  "refund in part, then a dispute that is lost": "plan none; 0 + 0 credits, 0 owed; 1 refunded",
  // The days that were not used are taken off what the resumed plan costs: 1,000 less 18 of 28 days' credits.
  "paused and resumed": "plan active; 358 + 0 credits, 0 owed; 2 paid",
  "customer deleted": "plan canceled; 0 + 500 credits, 0 owed; 2 paid",
  "cancelled in the dashboard": "plan canceled; 0 + 0 credits, 0 owed; 1 paid",
  "cancelled at the period's end, and taken back, and cancelled":
    "plan canceled; 0 + 0 credits, 0 owed; 1 paid",
};
