// A step is one call at one instant, named as the API names it: what the model performs and what Postgres is asked.

import type { RolloverPlan } from "./model/rollover.ts";
import { type Instant, iso } from "./model/time.ts";
import type { Kind, Params } from "./model/world.ts";

type By = "server" | "member";
type Work = { operation: string; params: Params };

type Claim = { claim: string; paymentKey: string; cents: number; paid: number };

export type Verb =
  | {
      verb: "grant";
      kind: Kind;
      credits: number;
      key: string;
      startsAt: Instant | null;
      expiresAt: Instant | null;
      periodEndsAt: Instant | null;
      priority: number | null;
      subscription: string | null;
      paymentKey: string | null;
      cost: number | null;
      plan: RolloverPlan;
    }
  | {
      verb: "grant for money";
      kind: Kind;
      credits: number;
      key: string;
      startsAt: Instant | null;
      expiresAt: Instant | null;
      paymentKey: string;
      cost: number | null;
    }
  | { verb: "add"; kind: Kind; credits: number; key: string; expiresAt: Instant | null }
  | { verb: "deduct"; credits: number; key: string }
  | { verb: "deduct many"; items: { account: string; credits: number; key: string }[] }
  | ({ verb: "consume"; key: string; by: By; costMicros: number | null } & Work)
  | { verb: "hold"; credits: number; key: string; ttl: number; overrun: number }
  | ({ verb: "place hold"; key: string; by: By; ttl: number; overrun: number } & Work)
  | { verb: "capture"; key: string; credits: number | null; costMicros: number | null }
  | { verb: "release"; key: string }
  | { verb: "extend"; key: string; ttl: number }
  | { verb: "reverse"; key: string; credits: number | null; reversalKey: string | null }
  | { verb: "read" }
  | ({ verb: "quote" } & Work)
  | { verb: "usage" }
  | { verb: "balance at"; instant: Instant }
  | ({ verb: "claw back" } & Claim)
  | ({ verb: "dispute" } & Claim)
  | { verb: "cancel claim"; claim: string }
  | { verb: "transfer"; to: string; credits: number; key: string }
  | {
      verb: "create code";
      code: string;
      credits: number;
      maxUses: number | null;
      redeemUntil: Instant | null;
      lasts: number | null;
    }
  | { verb: "redeem"; code: string; by: By }
  | { verb: "adjust"; credits: number; key: string; expiresAt: Instant | null }
  | { verb: "extend expiry"; bucket: number; expiresAt: Instant }
  | { verb: "freeze"; bucket: number | null; until: Instant | null }
  | { verb: "unfreeze"; bucket: number | null }
  | { verb: "void"; bucket: number }
  | { verb: "erase" }
  | { verb: "subscribe"; subscription: string; status: string; ticket: number }
  | { verb: "sweep"; batch: number }
  | { verb: "seal" }
  | { verb: "roll up" };

/** `account` is a name of people.ts; a sweep has none of its own. */
export type Step = Verb & { at: Instant; account: string };

/** The call in SQL, which answers rows. */
export function sqlOf(step: Step, idOf: (name: string) => string): string {
  const id = idOf(step.account);
  switch (step.verb) {
    case "grant":
      return `billing.grant_credits(${id}, ${text(step.kind)}, ${step.credits}, ${text(step.key)},
        starts_at => ${instant(step.startsAt)}, expires_at => ${instant(step.expiresAt)},
        period_ends_at => ${instant(step.periodEndsAt)}, priority => ${step.priority}::smallint,
        subscription_id => ${text(step.subscription)}, payment_key => ${text(step.paymentKey)}, ${cost(step)},
        rollover_cap => ${ofPlan(step.plan, `billing.rollover_cap(p, ${step.credits})`)},
        rollover_periods => ${ofPlan(step.plan, "rollover_periods")})`;
    case "grant for money":
      return `grant_credits(${id}, ${step.credits}, ${text(step.kind)}, ${text(step.key)},
        starts_at => ${instant(step.startsAt)}, expires_at => ${instant(step.expiresAt)},
        payment_key => ${text(step.paymentKey)}, ${cost(step)})`;
    case "add":
      return `add_credits_atomic(${id}, ${step.credits}, ${text(step.kind)}, ${text(step.key)},
        expires_at => ${instant(step.expiresAt)})`;
    case "deduct":
      return `deduct_credits_atomic(${id}, ${step.credits}, ${text(step.key)})`;
    case "deduct many":
      return `(select jsonb_agg(to_jsonb(d)) as items from deduct_many(
        ${array(step.items.map(({ account }) => idOf(account)))}::uuid[],
        ${array(step.items.map(({ credits }) => String(credits)))}::bigint[],
        ${array(step.items.map(({ key }) => text(key)))}) d) many`;
    case "consume":
      return `consume_credits(${work(step)}, ${text(step.key)}, ${id}, ${step.costMicros})`;
    case "hold":
      return `hold_credits_atomic(${id}, ${step.credits}, ${text(step.key)}, ${interval(step.ttl)}, ${step.overrun})`;
    case "place hold":
      return `place_hold(${work(step)}, ${text(step.key)}, ${interval(step.ttl)}, ${step.overrun}, ${id})`;
    case "capture":
      return `capture_hold(${id}, ${text(step.key)}, ${step.credits}, ${step.costMicros})`;
    case "release":
      return `release_hold(${id}, ${text(step.key)})`;
    case "extend":
      return `extend_hold(${id}, ${text(step.key)}, ${interval(step.ttl)})`;
    case "reverse":
      return `reverse_deduction(${id}, ${text(step.key)}, 'it failed', ${step.credits}, ${text(step.reversalKey)})`;
    case "read":
      return `get_user_credits(${id})`;
    case "quote":
      return `quote_credits(${work(step)}, ${id})`;
    case "usage":
      return `usage_of(${id})`;
    case "balance at":
      return `(select balance_at(${id}, ${instant(step.instant)}) as balance) it`;
    case "claw back":
      return `claw_back_credits(${id}, ${claim(step)})`;
    case "dispute":
      return `dispute_credits(${id}, ${claim(step)})`;
    case "cancel claim":
      return `cancel_claw_back(${id}, ${text(step.claim)})`;
    case "transfer":
      return `transfer_credits(${id}, ${idOf(step.to)}, ${step.credits}, ${text(step.key)})`;
    case "create code":
      return `create_code(${text(step.code)}, ${step.credits}, 'spring', ${step.maxUses},
        ${instant(step.redeemUntil)}, ${step.lasts === null ? "null" : interval(step.lasts)})`;
    case "redeem":
      return `redeem_code(${text(step.code)}, ${id})`;
    case "adjust":
      return `adjust_credits(${id}, ${step.credits}, ${text(step.key)}, 'it is right', ${instant(step.expiresAt)})`;
    case "extend expiry":
      return `extend_expiry(${id}, ${bucket(id, step.bucket)}, ${instant(step.expiresAt)}, 'was ill')`;
    case "freeze":
      return `freeze_credits(${id}, 'a doubt', ${bucket(id, step.bucket)}, ${instant(step.until)})`;
    case "unfreeze":
      return `unfreeze_credits(${id}, 'no doubt', ${bucket(id, step.bucket)})`;
    case "void":
      return `void_grant(${id}, ${bucket(id, step.bucket)}, 'a mistake')`;
    case "erase":
      return `erase_account(${id}, 'a request')`;
    case "subscribe":
      return `subscribe(${id}, ${text(step.subscription)}, ${text(step.status)}, ${step.ticket})`;
    case "sweep":
      return `sweep_all(${step.batch})`;
    case "seal":
      return "seal_all()";
    case "roll up":
      return "roll_up_all()";
  }
}

/** In which role the call is made. */
export const roleOf = (step: Step) =>
  "by" in step && step.by === "member" ? "authenticated" : "service_role";

/** The steps as a person would type them. */
export function scriptOf(steps: Step[]): string {
  return steps
    .map((step) => {
      const sql = sqlOf(step, (name) => `:${name}`).replaceAll(/\s+/g, " ");
      const who = roleOf(step) === "authenticated" ? " (a member)" : "";
      return `${iso(step.at)}${who}  select * from ${sql};`;
    })
    .join("\n");
}

const text = (value: string | null) => (value === null ? "null" : `'${value.replaceAll("'", "''")}'`);
const instant = (at: Instant | null) => (at === null ? "null" : `'${iso(at)}'`);
const interval = (micros: number) => `'${micros} microseconds'`;
const array = (values: string[]) => `array[${values.join(", ")}]`;
const cost = ({ cost }: { cost: number | null }) =>
  `paid_cents => ${cost}, paid_currency => ${cost === null ? "null" : "'usd'"}`;
const ofPlan = (plan: RolloverPlan, column: string) =>
  `(select ${column} from billing.plans p where p.key = ${text(plan)})`;
const claim = ({ claim, paymentKey, cents, paid }: Claim) =>
  `${text(claim)}, ${text(paymentKey)}, ${cents}, ${paid}`;
const bucket = (id: string, place: number | null) => (place === null ? "null" : `bucket_at(${id}, ${place})`);
const work = ({ operation, params }: Work) => `${text(operation)}, ${text(JSON.stringify(params))}`;

/** What only writes down what is true already. */
export const isJob = ({ verb }: Step) => verb === "sweep" || verb === "seal" || verb === "roll up";

/** The accounts that a step may change. */
export const touchedBy = (step: Step): string[] => {
  if (step.verb === "deduct many") return step.items.map(({ account }) => account);
  return step.verb === "transfer" ? [step.account, step.to] : [step.account];
};
