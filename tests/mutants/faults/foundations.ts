// Chapters 010 to 052: time, accounts, the catalog, prices, the ledger's tables, how the books are written.
import type { Fault } from "../fault.ts";

export const foundations: Fault[] = [
  {
    name: "time stands still within a transaction",
    chapter: "privileges",
    find: "begin return clock_timestamp(); end",
    replace: "begin return now(); end",
    look: "conventions",
  },
  {
    name: "days are added in the session's time zone",
    chapter: "privileges",
    find: "return (at at time zone 'UTC' + by) at time zone 'UTC';",
    replace: "return at + by;",
    look: "payments",
  },
  {
    name: "whoever is signed in is a member of any account",
    chapter: "accounts",
    find: "begin return account_id = auth.uid(); end",
    replace: "begin return auth.uid() is not null; end",
  },
  {
    name: "a missing user id means trusted",
    chapter: "accounts",
    find: "and billing.is_member(account_id) is not true then",
    replace: "and not billing.is_member(account_id) then",
  },
  {
    name: "anon is no client",
    chapter: "accounts",
    find: "in ('anon', 'authenticated')",
    replace: "= 'authenticated'",
  },
  {
    name: "the policy of accounts lets everyone read",
    chapter: "accounts",
    find: "for select to authenticated using (billing.is_member(id));",
    replace: "for select to authenticated using (true);",
  },
  {
    name: "a published plan can be changed",
    chapter: "catalog",
    find: "before update or delete on billing.plans",
    replace: "before delete on billing.plans",
  },
  {
    name: "plans that are not sold any more are shown",
    chapter: "catalog",
    find: "where p.is_sold and (p.is_free",
    replace: "where (p.is_free",
  },
  {
    name: "fractions of credits are rounded down",
    chapter: "operations",
    find: "credits := div(credits, v_divisor) + sign(mod(credits, v_divisor));",
    replace: "credits := div(credits, v_divisor);",
  },
  {
    name: "a price is still in force at the instant of the next",
    chapter: "operations",
    find: "where p.operation = price_operation.operation and p.valid_from <= at and p.ends_at > at;",
    replace: "where p.operation = price_operation.operation and p.valid_from < at and p.ends_at >= at;",
  },
  {
    name: "included units are charged",
    chapter: "operations",
    find: "* greatest(v_known.value::numeric - v_known.included_units, 0);",
    replace: "* v_known.value::numeric;",
  },
  {
    name: "a quantity may be above its most",
    chapter: "operations",
    find: "or units > quantity.max_units",
    replace: "",
  },
  {
    name: "a parameter that the price does not know is ignored",
    chapter: "operations",
    find: "if v_rest <> '{}' then",
    replace: "if false then",
  },
  {
    name: "a key charges any number of times",
    chapter: "ledger",
    find: "constraint credit_transactions_once unique (account_id, key_scope, key)",
    replace: "constraint credit_transactions_once unique (account_id, key_scope, key, number)",
    look: "deduct",
  },
  {
    name: "the kind of a key is not in its constraint: a member's key occupies a server's",
    chapter: "ledger",
    find: "constraint credit_transactions_once unique (account_id, key_scope, key)",
    replace: "constraint credit_transactions_once unique (account_id, key)",
    look: "consume",
  },
  {
    name: "a key grants any number of times",
    chapter: "ledger",
    find: "constraint buckets_granted_once unique (account_id, key)",
    replace: "constraint buckets_granted_once unique (account_id, key, id)",
    look: "grant",
  },
  {
    name: "an entry can be changed",
    chapter: "ledger",
    find: "before update or delete on billing.credit_transactions",
    replace: "before delete on billing.credit_transactions",
  },
  {
    name: "words of any account can be taken away",
    chapter: "ledger",
    find: "where a.id = old.account_id and a.erased_at is not null) then",
    replace: "where a.id = old.account_id) then",
    look: "erase",
  },
  {
    name: "the policy of entries lets everyone read",
    chapter: "ledger",
    find: `"members read their entries" on billing.credit_transactions
  for select to authenticated using (billing.is_member(account_id));`,
    replace: `"members read their entries" on billing.credit_transactions
  for select to authenticated using (true);`,
  },
  {
    name: "the service role may write entries",
    chapter: "ledger",
    find: "grant select on billing.credit_transactions to authenticated, service_role;",
    replace: `grant select on billing.credit_transactions to authenticated;
grant all on billing.credit_transactions to service_role;`,
    look: "access",
  },
  {
    name: "what ends first is not spent first",
    chapter: "books",
    find: "order by r.credits_remaining = 0, b.priority, b.expires_at nulls last, b.kind, b.id",
    replace: "order by r.credits_remaining = 0, b.priority, b.kind, b.id",
    look: "deduct",
  },
  {
    name: "a frozen account can be spent from",
    chapter: "books",
    find: "coalesce(a.frozen_until, b.frozen_until) is not null as is_frozen",
    replace: "b.frozen_until is not null as is_frozen",
    look: "admin",
  },
  {
    name: "next_due_at: the end of a hold is left out",
    chapter: "books",
    find: "from billing.holds h where h.state = 'open'",
    replace: "from billing.holds h where false",
    look: "hold",
  },
  {
    name: "next_due_at: the end of a bucket's freeze is left out",
    chapter: "books",
    find: "from billing.buckets b where b.frozen_until < 'infinity'",
    replace: "from billing.buckets b where false",
    look: "admin",
  },
  {
    name: "what comes back to a voided bucket stays",
    chapter: "books",
    find: "where o.expires_at is not null or o.voided_at is not null or c.key is not null;",
    replace: "where o.expires_at is not null or c.key is not null;",
    look: "admin",
  },
  {
    name: "at one instant buckets expire before holds end",
    chapter: "books",
    find: "'void', 'debt', 'freeze', 'grant', 'release', 'thaw', 'expiry'",
    replace: "'void', 'debt', 'freeze', 'grant', 'expiry', 'release', 'thaw'",
    look: "settle",
  },
  {
    name: "an entry may be dated before its predecessor",
    chapter: "books",
    find: "greatest(post.at, p.created_at), case",
    replace: "post.at, case",
    look: "grant",
  },
  {
    name: "any user may call the writer of entries",
    chapter: "books",
    find: `revoke execute on function billing.post(
  uuid, billing.entry_kind, billing.key_scope, text, billing.share[], timestamptz, text,
  billing.charge, bigint
) from public;`,
    replace: "",
    look: "access",
  },
];
