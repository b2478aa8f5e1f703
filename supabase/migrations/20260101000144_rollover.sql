-- What is left of a paid period moves on with the next one, as far as the plan allows.

create function billing.rollover_cap(plan billing.plans, credits bigint)
returns bigint
language plpgsql immutable
set search_path = ''
as $$
begin
  return case plan.rollover
    when 'all' then 9223372036854775807
    when 'capped' then least(plan.rollover_max_credits, credits * plan.rollover_percent / 100)
  end;
end $$;
revoke execute on function billing.rollover_cap(billing.plans, bigint) from public;
comment on function billing.rollover_cap(billing.plans, bigint) is
  'How many credits may move on with a grant of so many by this plan; null: none.';

-- The latest period takes them up, whichever of a subscription's grants has just started: so that
-- two that come in the wrong order end as two that come in the right one. Periods decide, for an
-- expiry may have been extended since; and nothing moves to where it would end sooner.
create function billing.roll_over(account_id uuid, started bigint, at timestamptz)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_new billing.buckets;
  v_old record;
  v_shares billing.share[] := '{}'::billing.share[];
begin
  select n.* into v_new
  from billing.buckets b
  join billing.buckets n on n.account_id = b.account_id and n.subscription_id = b.subscription_id
    and n.kind = 'subscription' and n.key is not null and n.opened_at is not null
    and n.voided_at is null
  where b.account_id = roll_over.account_id and b.id = roll_over.started
    and b.kind = 'subscription'
  order by coalesce(n.period_ends_at, n.expires_at) desc nulls last, n.id
  limit 1;
  if v_new.rollover_cap is null then
    return;
  end if;
  for v_old in
    select t.bucket, least(t.credits, t.room - t.before) as moves
    from (
      select b as bucket, o.credits_remaining as credits, o.burn_order,
        sum(o.credits_remaining) over (order by o.burn_order) - o.credits_remaining as before,
        v_new.rollover_cap - (
          select coalesce(sum(m.granted_credits), 0) from billing.buckets m
          where m.account_id = v_new.account_id and m.rolled_into = v_new.id) as room
      from billing.open_buckets o
      join billing.buckets b on b.account_id = o.account_id and b.id = o.id
      where o.account_id = v_new.account_id and o.credits_remaining > 0
        and b.kind = 'subscription' and b.subscription_id = v_new.subscription_id
        and coalesce(b.period_ends_at, b.expires_at)
          < coalesce(v_new.period_ends_at, v_new.expires_at)
        and b.expires_at < v_new.expires_at
        and (v_new.rollover_periods is null or b.rollovers < v_new.rollover_periods)
    ) t
    where t.before < t.room
    order by t.burn_order
  loop
    v_shares := v_shares || array[
      ((v_old.bucket).id, -v_old.moves)::billing.share,
      (billing.derive_bucket(
        v_old.bucket, account_id, 'subscription', v_old.moves::bigint, at, v_new.expires_at,
        (v_old.bucket).payment_key, v_new.period_ends_at,
        ((v_old.bucket).rollovers + 1)::smallint, v_new.id), v_old.moves)::billing.share];
  end loop;
  if cardinality(v_shares) > 0 then
    perform billing.post(account_id, 'rollover', null, null, v_shares, at, v_new.description);
  end if;
end $$;
revoke execute on function billing.roll_over(uuid, bigint, timestamptz) from public;
comment on function billing.roll_over(uuid, bigint, timestamptz) is
  'Moves what is left of a subscription''s earlier periods, soonest expiry first, into buckets that
end with its latest grant, up to that grant''s cap: one entry of 0 credits.';
