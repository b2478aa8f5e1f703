// Chapters 190 to 208: what Stripe says, what it does here, and what owners do about it.
import type { Fault } from "../fault.ts";

export const stripe: Fault[] = [
  {
    name: "an event that was applied is applied again",
    chapter: "stripe_events",
    find: "or not billing.is_settled(e.state, e.reason) and excluded.state <> 'failed'",
    replace: "or excluded.state <> 'failed'",
  },
  {
    name: "a customer who is deleted before he is known is forgotten",
    chapter: "apply",
    find: "if account_id is null and noun = 'customer' and (facts ->> 'deleted')::boolean then",
    replace: "if false then",
    look: "customers",
  },
  {
    name: "an event about an erased account is parked, and tried again",
    chapter: "apply",
    find: "case when reason = 'erased' or noun in",
    replace: "case when noun in",
    look: "erase",
  },
  {
    name: "what waits for a payment waits for the job",
    chapter: "apply",
    find: "if noun in ('checkout_session', 'invoice', 'payment_intent') then",
    replace: "if noun in ('payment_intent') then",
    look: "parked",
  },
  {
    name: "what waits is applied as if it had just been read",
    chapter: "parked",
    find: "e.api_version, e.body_sha256, e.ticket,\n    e.facts)",
    replace: "e.api_version, e.body_sha256, e.ticket + 1000000,\n    e.facts)",
  },
  {
    name: "one event that raises is the end of the job",
    chapter: "parked",
    find: "exception when others then  -- else",
    replace: "exception when division_by_zero then  -- else",
  },
  {
    name: "an event that was applied is not read again, though an owner reopened it",
    chapter: "replays",
    find: "perform billing.close_event(event_id, 'failed', 'reopened');",
    replace: "null;",
  },
  {
    name: "an open Checkout session counts as a difference",
    chapter: "reconcile",
    find: "when 'checkout_session' then facts ->> 'status' <> 'open'",
    replace: "when 'checkout_session' then true",
  },
  {
    name: "comparing leaves behind what it has tried",
    chapter: "reconcile",
    find: "raise exception 'a rehearsal leaves nothing behind' using errcode = 'savepoint_exception',\n      hint = 'this is caught where it is raised';",
    replace: "",
  },
  {
    name: "credits of an invoice that is not paid are no finding",
    chapter: "reconcile",
    find: "if not billing.is_paid(noun::text, facts) and exists (",
    replace: "if false and exists (",
  },
  {
    name: "a finding is fixed each time that it is asked for",
    chapter: "fixes",
    find: "if v_finding.state = 'open' then",
    replace: "if v_finding.state is not null then",
  },
  {
    name: "what went back already is offered again",
    chapter: "owner_refunds",
    find: "- v_returned, 0)::bigint;",
    replace: "- 0, 0)::bigint;",
  },
];
