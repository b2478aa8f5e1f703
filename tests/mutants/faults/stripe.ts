// Chapters 190 to 202: the inbox, and how what Stripe says is applied.
import type { Fault } from "../fault.ts";

export const stripe: Fault[] = [
  {
    name: "an event that was applied is applied again",
    chapter: "stripe_events",
    find: "where e.state = 'failed' or e.state = 'parked' and excluded.state <> 'failed';",
    replace: ";",
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
];
