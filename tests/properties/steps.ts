// A step is one call at one instant, named as the API names it: what the model performs and what Postgres is asked.
import { type Instant, iso } from "./model/time.ts";
import type { Kind, Params } from "./model/world.ts";

type By = "server" | "member";
type Work = { operation: string; params: Params };

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
    }
  | { verb: "add"; kind: Kind; credits: number; key: string; expiresAt: Instant | null }
  | { verb: "deduct"; credits: number; key: string }
  | ({ verb: "consume"; key: string; by: By; costMicros: number | null } & Work)
  | { verb: "hold"; credits: number; key: string; ttl: number; overrun: number }
  | ({ verb: "place hold"; key: string; by: By; ttl: number; overrun: number } & Work)
  | { verb: "capture"; key: string; credits: number | null; costMicros: number | null }
  | { verb: "release"; key: string }
  | { verb: "extend"; key: string; ttl: number }
  | { verb: "reverse"; key: string; credits: number | null; reversalKey: string | null }
  | { verb: "read" }
  | ({ verb: "quote" } & Work)
  | { verb: "sweep"; batch: number };

/** `account` is a name of people.ts; a sweep has none of its own. */
export type Step = Verb & { at: Instant; account: string };

/** The call in SQL, which answers rows. `id` is the account's, as a literal. */
export function sqlOf(step: Step, id: string): string {
  switch (step.verb) {
    case "grant":
      return `billing.grant_credits(${id}, ${text(step.kind)}, ${step.credits}, ${text(step.key)},
        starts_at => ${instant(step.startsAt)}, expires_at => ${instant(step.expiresAt)},
        period_ends_at => ${instant(step.periodEndsAt)}, priority => ${step.priority}::smallint)`;
    case "add":
      return `add_credits_atomic(${id}, ${step.credits}, ${text(step.kind)}, ${text(step.key)},
        expires_at => ${instant(step.expiresAt)})`;
    case "deduct":
      return `deduct_credits_atomic(${id}, ${step.credits}, ${text(step.key)})`;
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
    case "sweep":
      return `sweep_all(${step.batch})`;
  }
}

/** In which role the call is made. */
export const roleOf = (step: Step) =>
  "by" in step && step.by === "member" ? "authenticated" : "service_role";

/** The steps as a person would type them. */
export function scriptOf(steps: Step[]): string {
  return steps
    .map((step) => {
      const sql = sqlOf(step, `:${step.account}`).replaceAll(/\s+/g, " ");
      const who = roleOf(step) === "authenticated" ? " (a member)" : "";
      return `${iso(step.at)}${who}  select * from ${sql};`;
    })
    .join("\n");
}

const text = (value: string | null) => (value === null ? "null" : `'${value.replaceAll("'", "''")}'`);
const instant = (at: Instant | null) => (at === null ? "null" : `'${iso(at)}'`);
const interval = (micros: number) => `'${micros} microseconds'`;
const work = ({ operation, params }: Work) => `${text(operation)}, ${text(JSON.stringify(params))}`;
