// Everything that can be done to ada's account, in the words of the model where it knows them, else in SQL.
import { hour, minute } from "../properties/model/time.ts";
import type { Verb } from "../properties/steps.ts";

/** A call: a verb of the model, about ada; or a call in SQL about :ada and :bob, which the model does not know. */
export type Turn = Verb | string;
/** What is done, and what must have been done before for it to do something. */
export type Act = { turn: Turn; after?: Turn[] };

const instant = (text: string) => Date.parse(text) * 1000;
/** The accounts as the acts find them, the two calls, and when the books are read. */
export const began = instant("2026-03-10T12:00:00Z");
export const [one, two, after] = [began + minute, began + 2 * minute, began + 3 * minute];

const add = (kind: "subscription" | "permanent", credits: number, key: string, expires?: string): Turn => ({
  verb: "add",
  kind,
  credits,
  key,
  expiresAt: expires ? instant(expires) : null,
});
const deduct = (credits: number, key: string): Turn => ({ verb: "deduct", credits, key });
const hold = (key: string): Turn => ({ verb: "hold", credits: 30, key, ttl: hour, overrun: 20 });
const paid = (kind: "promotional" | "permanent", credits: number, key: string, expires?: string): Turn => ({
  verb: "grant for money",
  kind,
  credits,
  key,
  startsAt: null,
  expiresAt: expires ? instant(expires) : null,
  paymentKey: key,
  cost: credits,
});
const claim = (name: string, paymentKey: string, cents: number, paid: number) => ({
  claim: name,
  paymentKey,
  cents,
  paid,
});
const period = (key: string, ends: string) =>
  `billing.grant_credits(:ada, 'subscription', 30, '${key}', '${ends}', subscription_id => 'sub',
     rollover_cap => 20)`;

/** The place of the plan's bucket among those that every account has before. */
const plan = 2;
/** What that is: 100 free, 40 of a plan, 50 bought. */
export const opening: Turn[] = [
  { verb: "read" },
  add("subscription", 40, "plan", "2026-03-20T00:00:00Z"),
  add("permanent", 50, "pack"),
];
const held = [hold("job")];
const spent = [deduct(20, "task")];
const bought = [paid("permanent", 60, "payment")];
const disputed: Turn[] = [...bought, { verb: "dispute", ...claim("dispute", "payment", 30, 60) }];
/** A refund of what was spent, which is owed: what expires first is spent first. */
const indebted: Turn[] = [
  paid("promotional", 40, "gone", "2026-03-15T00:00:00Z"),
  deduct(40, "used"),
  { verb: "claw back", ...claim("refund", "gone", 40, 40) },
];
const bobs = ["add_credits_atomic(:bob, 50, 'permanent', 'pack')"];

export const acts: Record<string, Act> = {
  grant: { turn: add("permanent", 20, "new") },
  "paid grant": { turn: paid("permanent", 25, "new payment"), after: indebted },
  renewal: { turn: period("april", "2026-05-01"), after: [period("march", "2026-04-01")] },
  code: {
    turn: "redeem_code(:ada::text, :ada)",
    after: ["create_code(:ada::text, 25, 'a campaign', max_uses => 1)"],
  },
  trial: { turn: "start_trial(:ada)" },
  "longer trial": {
    turn: "extend_trial(:ada, '2026-04-20', 'asked for it')",
    after: ["start_trial(:ada)"],
  },
  spend: { turn: deduct(10, "work") },
  "spend of most": { turn: deduct(150, "much work") },
  batch: {
    turn: `(select jsonb_agg(item) as items
       from deduct_many(array[:bob, :ada, :ada], '{5,5,170}', '{a,b,c}') item) batch`,
    after: bobs,
  },
  operation: {
    turn: { verb: "consume", operation: "t_page", params: {}, key: "page", by: "server", costMicros: 7 },
  },
  "member's operation": {
    turn: { verb: "consume", operation: "t_book", params: {}, key: "page", by: "member", costMicros: null },
  },
  "capped operation": { turn: "consume_credits('capped', '{}', 'once', :ada)" },
  "capped hold": { turn: "place_hold('capped', '{}', 'a second time', account_id => :ada)" },
  /** Under the key of the spend. */
  hold: { turn: hold("work") },
  capture: { turn: { verb: "capture", key: "job", credits: 20, costMicros: null }, after: held },
  "capture of more": { turn: { verb: "capture", key: "job", credits: 45, costMicros: null }, after: held },
  release: { turn: { verb: "release", key: "job" }, after: held },
  extension: { turn: { verb: "extend", key: "job", ttl: 5 * hour }, after: held },
  reversal: { turn: { verb: "reverse", key: "task", credits: null, reversalKey: null }, after: spent },
  "reversal of what is owed": {
    turn: { verb: "reverse", key: "used", credits: 10, reversalKey: null },
    after: indebted,
  },
  read: { turn: { verb: "read" } },
  quote: { turn: { verb: "quote", operation: "t_book", params: {} } },
  sweep: {
    turn: { verb: "sweep", batch: 100 },
    after: [add("subscription", 15, "due", "2026-03-10T12:00:30Z")],
  },
  "transfer to bob": { turn: "transfer_credits(:ada, :bob, 30, 'gift')", after: bobs },
  "transfer from bob": { turn: "transfer_credits(:bob, :ada, 30, 'gift back')", after: bobs },
  refund: { turn: { verb: "claw back", ...claim("half", "payment", 30, 60) }, after: bought },
  "refund failed": { turn: { verb: "cancel claim", claim: "refund" }, after: indebted },
  dispute: { turn: { verb: "dispute", ...claim("second dispute", "payment", 20, 60) }, after: bought },
  "dispute lost": { turn: { verb: "claw back", ...claim("dispute", "payment", 30, 60) }, after: disputed },
  "dispute won": { turn: { verb: "cancel claim", claim: "dispute" }, after: disputed },
  "adjustment down": { turn: { verb: "adjust", credits: -160, key: "down", expiresAt: null } },
  "longer expiry": {
    turn: { verb: "extend expiry", bucket: plan, expiresAt: instant("2026-03-25T00:00:00Z") },
  },
  "account frozen": { turn: { verb: "freeze", bucket: null, until: null } },
  "grant unfrozen": {
    turn: { verb: "unfreeze", bucket: plan },
    after: [{ verb: "freeze", bucket: plan, until: null }],
  },
  "grant voided": { turn: { verb: "void", bucket: plan } },
  erasure: { turn: { verb: "erase" } },
};

/** What two acts need, each thing once. */
export function openingOf(...two: Act[]): Turn[] {
  const turns = [...opening, ...two.flatMap(({ after }) => after ?? [])];
  return turns.filter(
    (turn, at) => turns.findIndex((one) => JSON.stringify(one) === JSON.stringify(turn)) === at,
  );
}
